"""Text that strangers may put into catalogues, files and requests, and how it must not come out again."""
import unicodedata

# Obeyed by a terminal or not seen on it: ESC, BEL, a new line, C1, right to left, zero width, a tag, a wrong byte.
HOSTILE = "\x1b]0;title\x07\x1b[2J\n2026-01-01T00:00:00.000+0000 error forged\r\u009b31m\u202eevil\u2066\u200b\u061c\ufeff\U000e0041\x7f"


def assert_harmless(test, text, lines=True):
    """Nothing in it that a terminal obeys or does not show, but the ends of `lines`, and no line of its own."""
    for c in text:
        if c == "\n" and lines:
            continue
        test.assertNotIn(unicodedata.category(c), {"Cc", "Cf", "Cs", "Zl", "Zp"}, ascii(text))
    test.assertNotRegex(text, r"(?m)^2026-01-01T00:00:00\.000", "a line that a stranger made")
