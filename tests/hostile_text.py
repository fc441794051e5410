"""Hostile text in catalogues, files and requests, and a check that output made from it is harmless."""
import unicodedata

# Terminal commands and invisible characters: ESC, BEL, a new line, C1, right to left, zero width, a tag, DEL.
HOSTILE = "\x1b]0;title\x07\x1b[2J\n2026-01-01T00:00:00.000+0000 error forged\r\u009b31m\u202eevil\u2066\u200b\u061c\ufeff\U000e0041\x7f"


def assert_harmless(test, text, lines=True):
    """Checks that text has no control or invisible characters except line ends (if `lines`), and no forged line."""
    for c in text:
        if c == "\n" and lines:
            continue
        test.assertNotIn(unicodedata.category(c), {"Cc", "Cf", "Cs", "Zl", "Zp"}, ascii(text))
    test.assertNotRegex(text, r"(?m)^2026-01-01T00:00:00\.000", "a forged line")
