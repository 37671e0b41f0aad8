// A recursive-descent JSON parser over a text that is made first: branches on bytes, small allocations, a hash of the
// whole tree.
#include "bench.h"

typedef enum { NUL, FALSE, TRUE, NUMBER, STRING, ARRAY, OBJECT } Kind;
typedef struct Value {
    Kind kind;
    u32 length;
    const char *name;
    u32 name_length;
    union { s64 number; const char *text; struct Value *first; };
    struct Value *next;
} Value;

enum { TEXT = 64 * 1024, VALUES = 32 * 1024 };
static char text[TEXT];
static u64 used;
static Value values[VALUES];
static u32 taken;

// ---- making the text

static void put(const char *from) {
    while (*from) text[used++] = *from++;
}
static void put_number(u64 value) {
    char digits[20];
    int n = 0;
    do { digits[n++] = (char)('0' + value % 10); } while (value /= 10);
    while (n) text[used++] = digits[--n];
}
static void make(u64 *seed, int depth) {
    u64 pick = random_next(seed) % (depth > 0 ? 8 : 5);
    switch (pick) {
        case 0: put(random_next(seed) & 1 ? "true" : "false"); break;
        case 1: put("null"); break;
        case 2: put("-"); put_number(random_next(seed) % 1000000); break;
        case 3: put_number(random_next(seed) % 100); break;
        case 4: put("\"a text with \\\"quotes\\\" and \\u0041\\n\""); break;
        case 5:
            put("[ ");
            for (u64 i = 0, n = random_next(seed) % 6; i < n; i++) {
                if (i) put(", ");
                make(seed, depth - 1);
            }
            put(" ]");
            break;
        default:
            put("{\n");
            for (u64 i = 0, n = random_next(seed) % 6; i < n; i++) {
                if (i) put(",\n");
                put("  \"field");
                put_number(i);
                put("\": ");
                make(seed, depth - 1);
            }
            put("\n}");
    }
}

// ---- reading it

static const char *at;
static void blanks(void) {
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++;
}
static int literal(const char *word) {
    const char *from = at;
    while (*word)
        if (*from++ != *word++) return 0;
    at = from;
    return 1;
}
static const char *string(u32 *length) {
    const char *from = ++at;
    while (*at != '"') at += *at == '\\' ? 2 : 1;
    *length = (u32)(at++ - from);
    return from;
}
static Value *parse(void);
static Value *members(Value *value, char end, int named) {
    Value **tail = &value->first;
    value->length = 0;
    value->first = 0;
    at++;
    for (blanks(); *at != end; blanks()) {
        if (*at == ',') at++;
        blanks();
        const char *name = 0;
        u32 name_length = 0;
        if (named) {
            name = string(&name_length);
            blanks();
            if (*at++ != ':') return 0;
            blanks();
        }
        Value *member = parse();
        if (!member) return 0;
        member->name = name;
        member->name_length = name_length;
        *tail = member;
        tail = &member->next;
        value->length++;
    }
    at++;
    return value;
}
static Value *parse(void) {
    Value *value = &values[taken++];
    value->next = 0;
    switch (*at) {
        case 'n': value->kind = NUL; return literal("null") ? value : 0;
        case 't': value->kind = TRUE; return literal("true") ? value : 0;
        case 'f': value->kind = FALSE; return literal("false") ? value : 0;
        case '"': value->kind = STRING; value->text = string(&value->length); return value;
        case '[': value->kind = ARRAY; return members(value, ']', 0);
        case '{': value->kind = OBJECT; return members(value, '}', 1);
    }
    int negative = *at == '-';
    s64 number = 0;
    for (at += negative; *at >= '0' && *at <= '9'; at++) number = number * 10 + (*at - '0');
    value->kind = NUMBER;
    value->number = negative ? -number : number;
    return value;
}
static u64 digest(const Value *value) {
    u64 hash = (u64)value->kind * 31 + value->name_length;
    if (value->kind == NUMBER) return hash * 17 + (u64)value->number;
    if (value->kind == STRING) {
        for (u32 i = 0; i < value->length; i++) hash = hash * 33 ^ (u8)value->text[i];
    } else if (value->kind >= ARRAY) {
        for (const Value *member = value->first; member; member = member->next) hash = hash * 131 + digest(member);
    }
    return hash;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 4500), seed = 7, hash = 0;
    put("[");
    while (used < TEXT - 16384) {
        make(&seed, 5);
        put(",\n");
    }
    put("0]");
    text[used] = 0;
    for (u64 i = 0; i < count; i++) {
        at = text;
        taken = 0;
        Value *root = parse();
        if (!root) return 1;
        hash = hash * 3 + digest(root) + taken;
    }
    return report("json", hash);
}
