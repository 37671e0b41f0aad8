// The mix that Dhrystone made customary: assignments of records, calls with several parameters, string comparison,
// enumerations, small arrays; hardly any loop.
#include "bench.h"

typedef enum { RED, GREEN, BLUE, WHITE, BLACK } Colour;
typedef struct Record {
    struct Record *other;
    Colour colour, second;
    s32 number;
    char text[31];
} Record;

static Record first_record, second_record;
static s32 global_number;
static u8 global_flag;
static char mark_a, mark_b;
static s32 row[50], grid[50][50];

static __attribute__((noinline)) void text_copy(char *to, const char *from) {
    while ((*to++ = *from++)) { }
}
static __attribute__((noinline)) s32 text_order(const char *a, const char *b) {
    while (*a && *a == *b) { a++; b++; }
    return (u8)*a - (u8)*b;
}
static __attribute__((noinline)) Colour same_letter(char a, char b) {
    char copy = a;
    if (copy != b) return RED;
    mark_a = copy;
    return GREEN;
}
static __attribute__((noinline)) int later_text(const char *a, const char *b) {
    s32 at = 2;
    char letter = 'A';
    while (at <= 2)
        if (same_letter(a[at], b[at + 1]) == RED) {
            letter = 'A';
            at++;
        }
    if (letter >= 'W' && letter < 'Z') at = 7;
    if (letter == 'R') return 1;
    if (text_order(a, b) > 0) {
        global_number = at + 7;
        return 1;
    }
    return 0;
}
static __attribute__((noinline)) void add_three(s32 a, s32 b, s32 *sum) { *sum = b + a + 2; }
static __attribute__((noinline)) void fill(s32 *line, s32 (*table)[50], s32 a, s32 b) {
    s32 at = a + 5;
    line[at] = b;
    line[at + 1] = line[at];
    line[at + 30] = at;
    for (s32 i = at; i <= at + 1; i++) table[at][i] = at;
    table[at][at - 1]++;
    table[at + 20][at] = line[at];
    global_number = 5;
}
static __attribute__((noinline)) void next_colour(Colour from, Colour *to) {
    *to = from == BLUE ? from : WHITE;
    switch (from) {
        case RED: *to = RED; break;
        case GREEN: *to = global_number > 100 ? RED : WHITE; break;
        case BLUE: *to = GREEN; break;
        case WHITE: break;
        case BLACK: *to = BLUE; break;
    }
}
static __attribute__((noinline)) void follow(Record **target) {
    if (first_record.other) *target = first_record.other->other;
    add_three(10, global_number, &first_record.number);
}
static __attribute__((noinline)) void assign(Record *record) {
    Record *next = record->other;
    *next = first_record;
    record->number = 5;
    next->number = record->number;
    next->other = record->other;
    follow(&next->other);
    if (next->colour == RED) {
        next->number = 6;
        next_colour(record->second, &next->second);
        next->other = first_record.other;
        add_three(next->number, 10, &next->number);
    } else {
        *record = *next;
    }
}
static __attribute__((noinline)) void letters(void) {
    global_flag = (mark_a == 'A') | global_flag;
    mark_b = 'B';
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 6000000), hash = HASH_START;
    char one[31], two[31];
    first_record = (Record){ &second_record, RED, BLUE, 40, "A RECORD WITH A TEXT OF THIRTY" };
    text_copy(one, "THE TEXT OF THE BENCH, NO. ONE");
    s32 a = 0, b = 0, c = 0;
    for (u64 i = 1; i <= count; i++) {
        mark_a = 'A';
        letters();
        a = 2;
        b = 3;
        text_copy(two, "THE TEXT OF THE BENCH, NO. TWO");
        Colour colour = GREEN;
        global_flag = !later_text(one, two);
        while (a < b) {
            c = 5 * a - b;
            add_three(a, b, &c);
            a++;
        }
        fill(row, grid, a, c);
        first_record.other = &second_record;
        assign(&first_record);
        for (char letter = 'A'; letter <= mark_b; letter++)
            if (colour == same_letter(letter, 'C')) {
                next_colour(RED, &colour);
                text_copy(two, "THE TEXT OF THE BENCH, NO. 003");
                b = (s32)i;
                global_number = (s32)i;
            }
        b *= a;
        a = b / c;
        b = 7 * (b - c) - a;
        if ((i & 0xfffff) == 0) hash = hash_add(hash, (u64)(a + b));
    }
    hash = hash_add(hash_add(hash, (u64)a), (u64)second_record.number);
    return report("records", hash_add(hash, (u64)grid[8][7]));
}
