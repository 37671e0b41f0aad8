// Functions whose code lies in another file than that of the functions around.
static long area(long width, long height) { return width * height; }

static long perimeter(long width, long height) {
    long half = width + height;
    return 2 * half;
}
