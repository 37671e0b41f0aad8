// The smallest complete program: one line, exit code 0.
#include "../tiny.h"

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    out("hello, world\n");
    return 0;
}
