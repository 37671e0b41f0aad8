// The mix of small embedded work that CoreMark made customary: searching and sorting a linked list, multiplying small
// integer matrices, a state machine over text, and a CRC over all results.
#include "bench.h"

typedef struct Node { struct Node *next; s16 key, value; } Node;
enum { NODES = 40, SIDE = 10, TEXT = 400 };

static Node nodes[NODES];
static s16 left[SIDE * SIDE], right[SIDE * SIDE];
static s32 product[SIDE * SIDE];
static char text[TEXT];

static u16 crc16(u16 crc, u32 value, int bits) {
    for (int i = 0; i < bits; i++) {
        u32 carry = (crc ^ value) & 1;
        value >>= 1;
        crc >>= 1;
        if (carry) crc ^= 0xa001;
    }
    return crc;
}

// ---- the list

static Node *make_list(u64 *seed) {
    Node *head = 0;
    for (int i = 0; i < NODES; i++) {
        nodes[i].key = (s16)(random_next(seed) & 0x3ff);
        nodes[i].value = (s16)i;
        nodes[i].next = head;
        head = &nodes[i];
    }
    return head;
}
static Node *find(Node *list, s16 key) {
    while (list && list->key != key) list = list->next;
    return list;
}
static Node *reverse(Node *list) {
    Node *done = 0;
    while (list) {
        Node *next = list->next;
        list->next = done;
        done = list;
        list = next;
    }
    return done;
}
typedef s32 (*Order)(const Node *, const Node *);
static s32 by_key(const Node *a, const Node *b) { return a->key - b->key; }
static s32 by_value(const Node *a, const Node *b) { return a->value - b->value; }
static Node *merge(Node *a, Node *b, Order order) {
    Node *head, **tail = &head;
    while (a && b) {
        Node **less = order(a, b) <= 0 ? &a : &b;
        *tail = *less;
        tail = &(*less)->next;
        *less = (*less)->next;
    }
    *tail = a ? a : b;
    return head;
}
static Node *sort(Node *list, Order order) {
    if (!list || !list->next) return list;
    Node *slow = list;
    for (Node *fast = list->next; fast && fast->next; fast = fast->next->next) slow = slow->next;
    Node *second = slow->next;
    slow->next = 0;
    return merge(sort(list, order), sort(second, order), order);
}
static u16 list_work(Node **list, u16 crc, u32 round) {
    for (s16 key = 0; key < 12; key++) {
        Node *hit = find(*list, (s16)((key * 83 + (s16)round) & 0x3ff));
        crc = crc16(crc, hit ? (u32)hit->value : 0xffff, 16);
        *list = reverse(*list);
    }
    *list = sort(*list, by_key);
    crc = crc16(crc, (u32)(*list)->key, 16);
    *list = sort(*list, by_value);
    return crc16(crc, (u32)(*list)->next->key, 16);
}

// ---- the matrices

static u16 matrix_work(u16 crc, s16 change) {
    for (int i = 0; i < SIDE * SIDE; i++) left[i] = (s16)(left[i] + change);
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            s32 sum = 0;
            for (int k = 0; k < SIDE; k++) sum += left[i * SIDE + k] * right[k * SIDE + j];
            product[i * SIDE + j] = sum;
        }
    s32 total = 0, last = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        s32 bits = (product[i] >> 2 & 15) * (product[i] >> 5 & 127);
        total += bits > last ? 10 : 1;
        last = bits;
    }
    for (int i = 0; i < SIDE * SIDE; i++) left[i] = (s16)(left[i] - change);
    return crc16(crc, (u32)total, 16);
}

// ---- the state machine: classifies the numbers in a comma-separated text

typedef enum { START, SIGN, WHOLE, POINT, FRACTION, EXPONENT, POWER, BROKEN, STATES } State;
static State step(State state, char c) {
    int digit = c >= '0' && c <= '9';
    switch (state) {
        case START: return digit ? WHOLE : c == '+' || c == '-' ? SIGN : c == '.' ? POINT : BROKEN;
        case SIGN: return digit ? WHOLE : c == '.' ? POINT : BROKEN;
        case WHOLE: return digit ? WHOLE : c == '.' ? POINT : c == 'e' ? EXPONENT : BROKEN;
        case POINT: return digit ? FRACTION : BROKEN;
        case FRACTION: return digit ? FRACTION : c == 'e' ? EXPONENT : BROKEN;
        case EXPONENT: return digit || c == '-' ? POWER : BROKEN;
        case POWER: return digit ? POWER : BROKEN;
        default: return BROKEN;
    }
}
static void make_text(u64 *seed) {
    static const char *const words[] = { "5012", "+874", "-.5", "35.54400", "1e5", "-2.7e-3", "4x2", "T0.3", "+-7", "110.700" };
    u64 used = 0;
    while (used < TEXT - 12) {
        const char *word = words[random_next(seed) % 10];
        while (*word) text[used++] = *word++;
        text[used++] = ',';
    }
    text[used] = 0;
}
static u16 state_work(u16 crc, u32 round) {
    u32 finals[STATES] = { 0 }, passes[STATES] = { 0 };
    u32 spoiled = round % 97;
    char kept = text[spoiled];
    if (kept != ',') text[spoiled] ^= 1;
    State state = START;
    for (const char *at = text; *at; at++) {
        if (*at == ',') {
            finals[state]++;
            state = START;
        } else {
            state = step(state, *at);
            passes[state]++;
        }
    }
    text[spoiled] = kept;
    for (int i = 0; i < STATES; i++) {
        crc = crc16(crc, finals[i], 32);
        crc = crc16(crc, passes[i], 32);
    }
    return crc;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 60000), seed = 42;
    Node *list = make_list(&seed);
    for (int i = 0; i < SIDE * SIDE; i++) {
        left[i] = (s16)(random_next(&seed) & 0xff);
        right[i] = (s16)(random_next(&seed) & 0xff);
    }
    make_text(&seed);
    u16 crc = 0;
    for (u64 i = 0; i < count; i++) {
        crc = list_work(&list, crc, (u32)i);
        crc = matrix_work(crc, (s16)(i & 15));
        crc = state_work(crc, (u32)i);
    }
    return report("core", crc);
}
