SELECT generation FROM published
