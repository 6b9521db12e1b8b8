"""What an amount measures, by the words around it."""

import pytest
from conftest import make_document

from kg.extractors import indicator

CASES = {
    "苏州已有119个高频事项。": "高频事项",
    "好评率达到99.2%。": "好评率",
    "三是共同设立300亿元的双城发展基金。": "双城发展基金",
    "二是财政投入3亿元。": "财政投入",
    "办理时间由22个工作日压缩至1个工作日。": "办理时间",
}


@pytest.mark.parametrize("text", CASES)
def test_measure(text):
    found = list(indicator.extract(make_document(text)))
    assert found[-1].value.measure == CASES[text]
