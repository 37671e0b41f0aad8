// C++: streams, exceptions through frames with destructors, RTTI, containers, algorithms, static initialisation.
#include <algorithm>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

struct Shape {
    virtual ~Shape() = default;
    virtual double area() const = 0;
};
struct Square : Shape {
    double side;
    explicit Square(double s) : side(s) {}
    double area() const override { return side * side; }
};
struct Circle : Shape {
    double radius;
    explicit Circle(double r) : radius(r) {}
    double area() const override { return 3.14159265358979 * radius * radius; }
};
struct Noisy {
    std::string name;
    explicit Noisy(std::string n) : name(std::move(n)) { std::cout << "make " << name << '\n'; }
    ~Noisy() { std::cout << "drop " << name << '\n'; }
};
Noisy global("global");

int risky(int depth) {
    Noisy guard("guard" + std::to_string(depth));
    if (depth == 0) throw std::out_of_range("bottom");
    return risky(depth - 1) + 1;
}
void exceptions() {
    try {
        risky(3);
    } catch (const std::invalid_argument &) {
        std::cout << "wrong handler\n";
    } catch (const std::exception &e) {
        std::cout << "caught " << e.what() << '\n';
    }
    try {
        try {
            throw 17;
        } catch (int value) {
            std::cout << "int " << value << '\n';
            throw;
        }
    } catch (...) {
        std::cout << "again\n";
    }
    try {
        std::vector<int> three(3);
        std::cout << three.at(7);
    } catch (const std::out_of_range &) {
        std::cout << "at checks\n";
    }
    int thrown = 0;
    for (int i = 0; i < 2000; i++) {
        try {
            if (i % 3 == 0) throw std::runtime_error("x");
        } catch (const std::runtime_error &) {
            thrown++;
        }
    }
    std::cout << "thrown " << thrown << '\n';
}
void containers() {
    std::map<std::string, int> words;
    std::istringstream text("to be or not to be that is the question whether tis nobler in the mind to suffer");
    for (std::string word; text >> word;) words[word]++;
    for (const auto &[word, count] : words) std::cout << word << '=' << count << ' ';
    std::cout << '\n';
    std::vector<unsigned> numbers(20000);
    unsigned seed = 1;
    for (auto &n : numbers) n = seed = seed * 1664525u + 1013904223u;
    std::sort(numbers.begin(), numbers.end(), std::greater<>());
    std::cout << numbers.front() << ' ' << numbers.back() << ' ' << std::is_sorted(numbers.rbegin(), numbers.rend()) << '\n';
    std::unordered_map<unsigned, unsigned> histogram;
    for (auto n : numbers) histogram[n % 97]++;
    std::cout << histogram.size() << ' ' << std::accumulate(numbers.begin(), numbers.end(), 0ull) << '\n';
    auto end = std::unique(numbers.begin(), numbers.end(), [](unsigned a, unsigned b) { return a >> 24 == b >> 24; });
    std::cout << end - numbers.begin() << '\n';
}
void objects() {
    std::vector<std::unique_ptr<Shape>> shapes;
    for (int i = 1; i < 4; i++) {
        shapes.push_back(std::make_unique<Square>(i));
        shapes.push_back(std::make_unique<Circle>(i / 2.0));
    }
    for (const auto &shape : shapes)
        std::cout << (dynamic_cast<const Square *>(shape.get()) ? "square " : "circle ") << std::setprecision(10) << shape->area() << '\n';
    std::function<int(int)> fib = [&](int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); };
    std::cout << "fib " << fib(15) << '\n';
}
void streams() {
    std::cout << std::hex << std::showbase << 255 << std::dec << ' ' << std::setw(8) << std::setfill('.') << 42 << ' ' << std::boolalpha << true << '\n';
    std::cout << std::fixed << std::setprecision(3) << 2.0 / 3 << ' ' << std::scientific << 12345.678 << ' ' << std::defaultfloat << 1e-7 << '\n';
    std::ostringstream made;
    made << 1 << ',' << 2.5 << ',' << "three";
    std::cout << made.str() << ' ' << std::stod("6.25e2") << ' ' << std::stoi("-77") << '\n';
}

} // namespace

int main(int argc, char **argv) {
    if (argc > 1 && std::string(argv[1]) == "uncaught") throw std::runtime_error("nobody catches this");
    exceptions();
    containers();
    objects();
    streams();
    return 3;
}
