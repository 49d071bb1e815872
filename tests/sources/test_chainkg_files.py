"""Files of ChainKnowledgeGraph: missing, damaged, of another kind, and as the repository ships them."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from chaingraph.errors import ChaingraphError, DataError
from chaingraph.model.statement import Product
from chaingraph.sources.chainkg import read_chainkg
from tests.shared_data import CHAINKG, needs_chainkg
from tests.sources.chainkg_folder import PLACES, Folder, company, lines, product

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.statement import Refusal
    from chaingraph.sources.chainkg import ChainKg


def raw(name: str) -> list[Any]:
    """The rows of a real file, as plainly as they can be read."""
    return [json.loads(line) for line in (CHAINKG / name).read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "chainkg")


def test_a_line_that_is_not_utf_8_is_refused_and_a_byte_order_mark_is_not(folder: Folder) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    path = folder.path / "company.json"
    gbk = lines([company("600124", fullname="乙有限公司")]).encode("gbk")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + gbk)
    assert folder.only().listing_code == "600123.SH"
    assert folder.kinds() == [("company.json", 2, "", "broken_json", True)]


def test_text_that_cannot_be_stored_is_cleaned(folder: Folder) -> None:
    dirty = json.dumps(company("600123", fullname="青岛海澄\u0000股份\ud800有限公司\u3000"))
    folder.write([dirty], [product("600123", "隔 \u200b膜")])
    statement = folder.only()
    assert statement.name == "青岛海澄 股份 有限公司"
    assert statement.products[0].name == "隔 膜"


def test_the_repository_itself_is_read_by_its_data_folder(folder: Folder) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    folder.path.rename(folder.path.with_name("data"))
    root = folder.path.parent
    assert len(read_chainkg(root, PLACES, folder.refused.append).statements) == 1


@pytest.mark.parametrize("missing", ["company.json", "company_product.json"])
def test_a_missing_file_is_named_with_those_that_are_needed(folder: Folder, missing: str) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    (folder.path / missing).unlink()
    with pytest.raises(DataError) as raised:
        folder.read()
    assert f"缺少 {missing}" in raised.value.text.zh
    assert "company.json and company_product.json are needed" in raised.value.text.en


def test_what_is_no_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK")
    for path in (tmp_path / "a.zip", tmp_path / "nothing"):
        with pytest.raises(DataError, match="is no folder"):
            read_chainkg(path, PLACES, lambda _: None)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\n" * 200, "has no readable row"),
        (json.dumps([company("600123")]).encode(), "has no readable row"),
        (lines([company("600123")]).encode("utf-16"), "has no readable row"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(folder: Folder, content: bytes, what: str) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    (folder.path / "company.json").write_bytes(content)
    with pytest.raises(DataError, match=f"company.json {what}"):
        folder.read()
    assert folder.refused == []


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(folder: Folder) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    (folder.path / "company.json").unlink()
    (folder.path / "company.json").mkdir()
    with pytest.raises(DataError, match=r"lacks company\.json"):
        folder.read()


def test_the_files_that_say_nothing_of_firms_are_counted_and_not_used(folder: Folder) -> None:
    folder.write([company("600123")], [product("600123", "隔膜")])
    before = folder.read().statements
    (folder.path / "product_product.json").write_text('{"from_entity": "隔膜"}\n\nno json\n', encoding="utf-8")
    (folder.path / "company_industry.json").write_bytes(b"\xff\xfe\n")
    after = folder.read()
    assert after.statements == before
    assert after.counts.unused == {"company_industry.json": 1, "product_product.json": 2}


def test_the_day_of_the_files_is_the_latest_past_listing_of_a_company(folder: Folder) -> None:
    rows = [
        company("600123", time="2019-12-26"),
        company("600124", fullname="乙有限公司", time="2021-10-22"),
        company("600125", fullname="丙有限公司", time="2998-01-01"),
        company("600126", fullname="丁有限公司", time="2021-02-30"),
    ]
    read = folder.write(rows, [product("600123", "隔膜")]).read()
    assert (read.as_of, read.products_as_of) == ("2021-10-22", "2019-12-26")
    assert [(r.row, r.kind) for r in folder.refused] == [(3, "listing_day"), (4, "listing_day")]
    assert folder.write([company("600123", time="-")], [product("600123", "隔膜")]).read().as_of is None


def test_progress_grows_to_one(folder: Folder) -> None:
    names = [f"产品{number}" for number in range(5000)]
    folder.write([company("600123")], [product("600123", name) for name in names])
    told: list[float] = []
    read_chainkg(folder.path, PLACES, folder.refused.append, told.append)
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_every_row_is_a_statement_a_product_or_a_refusal_in_the_same_order_each_time(folder: Folder) -> None:
    rng = random.Random(7)
    companies = [company(f"{600000 + rng.randint(0, 60)}", f"企{n}", f"企业{n}有限公司") for n in range(80)]
    codes, names = [f"{600000 + n}" for n in range(70)], ["隔膜", "平衡项目", "座椅", "线束"]
    made = [product(rng.choice(codes), rng.choice(names), rng.uniform(-0.5, 1.5)) for _ in range(400)]
    read = folder.write(companies, made).read()
    _adds_up(read, folder.refused)
    first = (read, list(folder.refused))
    assert (folder.read(), folder.refused) == first


def test_three_hundred_damaged_folders_are_read_or_refused_in_a_sentence(folder: Folder) -> None:
    companies = [company(f"{600000 + n}", f"企{n}", f"企业{n}有限公司") for n in range(6)]
    made = [product(f"{600000 + n % 7}.SH", f"产品{n}", n / 20) for n in range(20)]
    folder.write(companies, made)
    whole = {name: (folder.path / name).read_bytes() for name in ("company.json", "company_product.json")}
    read = 0
    for seed in range(300):
        rng = random.Random(seed)
        for name, content in whole.items():
            (folder.path / name).write_bytes(_damaged(content, rng) if rng.random() < 0.7 else content)
        try:
            found = folder.read()
        except ChaingraphError:
            continue
        read += 1
        _adds_up(found, folder.refused)
        json.dumps([found.statements, folder.refused], ensure_ascii=False).encode("utf-8")
    assert read > 100


def _damaged(content: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(max(1, len(damaged)))
        match rng.randrange(7):
            case 0:
                damaged[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del damaged[at : at + rng.randint(1, 40)]
            case 2:
                damaged[at:at] = rng.choice(
                    [b"\n", b"\0", b'"', b"{", b"\\ud83d", b"null", b"1e999", b"\xe5", b"-", b","]
                )
            case 3:
                damaged[at:at] = damaged[at : at + rng.randint(1, 200)]
            case 4:
                parts = damaged.split(b"\n")
                rng.shuffle(parts)
                damaged = bytearray(b"\n".join(parts))
            case 5:
                words = [b"0.05", b"code", b"fullname", b"rel_weight", b"600001", b"\xe4\xbc\x81"]
                damaged = damaged.replace(
                    rng.choice(words), rng.choice([b"", b"[]", b"99", b"\\u0000", b"9" * 5000]), 3
                )
            case _:
                damaged = damaged[:at] if rng.random() < 0.1 else damaged
    return bytes(damaged)


def _adds_up(read: ChainKg, refused: list[Refusal]) -> None:
    whole = Counter(refusal.file for refusal in refused if refusal.whole)
    firms = Counter(statement.file for statement in read.statements)
    assert read.counts.rows["company.json"] == firms["company.json"] + whole["company.json"]
    assert read.counts.rows["company_product.json"] == read.counts.products + whole["company_product.json"]
    assert read.counts.refused == Counter(refusal.kind for refusal in refused)


@needs_chainkg
def test_the_repositorys_own_files_are_read_as_a_plain_count_of_them_says() -> None:
    refused: list[Refusal] = []
    read = read_chainkg(CHAINKG, PLACES, refused.append)
    companies, made = raw("company.json"), raw("company_product.json")
    _adds_up(read, refused)

    weights = [row["rel_weight"] for row in made]
    assert read.counts.rows == {"company.json": len(companies), "company_product.json": len(made)}
    assert read.counts.refused["share_filler"] == weights.count(0.001)
    zeros = [row["product_name"] for row in made if row["rel_weight"] == 0 and "项目" not in row["product_name"]]
    assert read.counts.refused["share_zero"] == len([name for name in zeros if not name.endswith(("抵销", "数"))])

    days: dict[str, set[str]] = {}
    for row in companies:
        if row["time"][:1] in "12":
            days.setdefault(row["code"][:6], set()).add(row["time"])
    disputed = {code for code, known in days.items() if len(known) > 1}
    assert disputed == {"688078", "688080", "688096", "300818"}
    of_another = [row["fullname"] for row in companies if row["code"] in disputed and "京源" not in row["fullname"]]
    without = [statement.name for statement in read.statements if statement.listing_code is None]
    assert sorted(without) == sorted([*of_another, "辽宁禾丰牧业股份有限公司"])
    assert len(read.statements) == len({row["code"][:6] for row in companies} - disputed) + len(of_another) + 1

    by_code = {statement.listing_code: statement for statement in read.statements}
    (share,) = [row["rel_weight"] for row in made if row["product_name"] == "动力电池系统" and "300750" in str(row)]
    assert Product("动力电池系统", share) in by_code["300750.SZ"].products
    assert by_code["600690.SH"].former_names == ("青岛海尔股份有限公司", "青岛海尔")
    named = {(row["company_code"][:6], " ".join(row["product_name"].replace("\x7f", " ").split())) for row in made}
    kept = {(str(s.listing_code)[:6], product.name) for s in read.statements for product in s.products}
    assert kept <= named
    assert len(named - kept) < 0.04 * len(named)
    assert read.as_of == max(row["time"] for row in companies if row["time"][:1] in "12")
    assert read.products_as_of == "2019-12-26"
