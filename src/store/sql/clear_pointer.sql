DELETE FROM published
