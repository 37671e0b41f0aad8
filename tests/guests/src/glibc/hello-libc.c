// The same line as hello, through glibc's start-up and stdio: also the guest of the start-up benchmark.
#include <stdio.h>

int main(void) {
    puts("hello, world");
    return 0;
}
