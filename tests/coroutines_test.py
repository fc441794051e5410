"""g++ 12 always evaluates `co_await b` in `a && co_await b`, and likewise with || and ?:. No statement may mix them."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\d)\'(?:\\.|[^\'\\\n])+\'', re.S)


def conditional_awaits(text):
    """Returns the statements with co_await in an operand that may not be evaluated."""
    code = NO_CODE.sub("", text)
    return [" ".join(statement.split()) for statement in re.split(r"[;{}]", code)
            if re.search(r"\bco_await\b", statement) and re.search(r"&&|\|\||\?|\band\b|\bor\b", statement)]


class Coroutines(unittest.TestCase):
    def test_none_awaits_in_an_optional_operand(self):
        for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
            self.assertEqual(conditional_awaits(path.read_text(encoding="utf-8")), [], path.relative_to(ROOT))

    def test_the_check_finds_such_statements(self):
        for bad in ("co_return a && co_await b();", "if (a || co_await b()) {", "x = a ? co_await b() : c;",
                    "while (co_await b() && a) {", "co_return a &&\n  co_await b();"):
            self.assertEqual(len(conditional_awaits(bad)), 1, bad)
        for good in ("if (co_await b()) { return a && c; }", "// a && co_await b", 'co_await b("a && c");', "co_return co_await b();"):
            self.assertEqual(conditional_awaits(good), [], good)


if __name__ == "__main__":
    unittest.main()
