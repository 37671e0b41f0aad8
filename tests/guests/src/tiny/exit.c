// Ends with the code given as first argument (only its low eight bits reach the parent).
#include "../tiny.h"

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    return argc > 1 ? (int)text_to_u64(argv[1]) : 0;
}
