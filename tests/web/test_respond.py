def test_x(begin, look):
    v = begin()
    print(v.page.request.path)
    v.walk()
    print(v.page.request.path, v.page.status_code)
    v.send()
    print(v.page.request.path, v.page.status_code)
    print(v.receipt)
    assert 0
