"""The saved questions of cypher/browse: each holds together, answers over the default pack, and stands in the guide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import neo4j
import pytest

from chaingraph import gaps, projects, resources
from chaingraph.stores.neo4j.statements import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph import Settings
    from chaingraph.stores.neo4j.store import Neo4jStore
    from tests.neo4j_server.running import Neo4jServer

    Row = dict[str, Any]

DAY = "2026-11-22"
FILES = sorted((resources.folder("cypher") / "browse").glob("*.cypher"))
STEMS = [path.stem for path in FILES]
GUIDES = Path(__file__).parents[2] / "docs"
UNANSWERED = {"matched": "the default pack imports nothing"}
"""The questions to which the default pack has no answer, and why."""

_EXAMPLE = re.compile(r"^// :param (\w+) => (.+)$", re.MULTILINE)
_LISTED = re.compile(r"^\| \[(\w+)\]\(\.\./cypher/browse/(\w+)\.cypher\) \| ([^|]+) \|", re.MULTILINE)


class Browser:
    """Runs saved questions as Neo4j Browser does: the parameters are set first, then the file is run as it is."""

    def __init__(self, session: neo4j.Session) -> None:
        self.session = session

    def examples(self, stem: str) -> Row:
        """The parameters as the header of a question sets them."""
        examples = _EXAMPLE.findall(_text(stem))
        return {name: self.session.run(f"RETURN {value}").single(strict=True)[0] for name, value in examples}

    def ask(self, stem: str, **parameters: object) -> list[neo4j.Record]:
        """The rows of a question, asked with its examples but for what is named."""
        asked = {**self.examples(stem), **parameters}
        return self.session.execute_read(lambda transaction: list(transaction.run(_text(stem), asked)))

    def ask_with(self, written_first: str, stem: str, **parameters: object) -> list[neo4j.Record]:
        """The rows over a graph with something written into it, which is taken back."""
        asked = {**self.examples(stem), **parameters}
        with self.session.begin_transaction() as transaction:
            transaction.run(written_first).consume()
            rows = list(transaction.run(_text(stem), asked))
            transaction.rollback()
        return rows


def _text(stem: str) -> str:
    return FILES[STEMS.index(stem)].read_text(encoding="utf-8")


def _drawn(rows: list[neo4j.Record]) -> set[tuple[str, str, str]]:
    """What the pictures show: start, type and end of each line."""
    return {
        (_name(line.nodes[0]), line.type, _name(line.nodes[1])) for row in rows for line in row["path"].relationships
    }


def _name(node: neo4j.graph.Node | None) -> str:
    assert node is not None
    return str(node.get("name") or node.get("title"))


@pytest.fixture
def browser(pushed_seeds: Neo4jStore, neo4j_server: Neo4jServer) -> Iterator[Browser]:  # noqa: ARG001
    """A session over the default pack."""
    login = (neo4j_server.user, neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=login) as driver, driver.session() as session:
        yield Browser(session)


@pytest.mark.parametrize("path", FILES, ids=STEMS)
def test_a_question_declares_what_it_takes_and_returns(path: Path) -> None:
    told = written(path)
    assert re.fullmatch(r"\S.*？ [A-Z].*\?", told.question)
    assert set(told.declared) == told.used
    assert told.promised == told.returned


@pytest.mark.parametrize("path", FILES, ids=STEMS)
def test_each_parameter_has_an_example_to_copy(path: Path) -> None:
    told = written(path)
    assert [name for name, _ in _EXAMPLE.findall(told.text)] == list(told.declared)


@pytest.mark.parametrize("path", FILES, ids=STEMS)
def test_an_answer_is_no_larger_than_can_be_drawn(path: Path) -> None:
    limit = re.search(r"^LIMIT (\d+)\n\Z", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert limit is not None
    assert int(limit[1]) <= 500


def test_every_question_but_the_named_is_answered_over_the_default_pack(browser: Browser) -> None:
    found = {stem: browser.ask(stem) for stem in STEMS}
    assert {stem for stem, rows in found.items() if not rows} == set(UNANSWERED)
    for path in FILES:
        if rows := found[path.stem]:
            assert tuple(rows[0].keys()) == written(path).promised


@pytest.mark.parametrize(("page", "half"), [("neo4j-browser.zh-CN.md", 0), ("neo4j-browser.md", 1)])
def test_the_guide_lists_every_question_as_its_file_asks_it(page: str, half: int) -> None:
    listed = {
        stem: question.strip()
        for stem, linked, question in _LISTED.findall((GUIDES / page).read_text(encoding="utf-8"))
        if stem == linked
    }
    asked = {path.stem: written(path).question.split("？ ") for path in FILES}
    assert listed == {stem: parts[1] if half else f"{parts[0]}？" for stem, parts in asked.items()}


def test_the_map_of_a_chain_shows_its_leaders_at_their_links(browser: Browser) -> None:
    drawn = _drawn(browser.ask("chain_map"))
    assert {("宁德时代", "LEADS", "新能源汽车及零部件"), ("锂离子电芯", "IN_CHAIN", "新能源汽车及零部件")} <= drawn
    assert ("电解液", "FEEDS", "锂离子电芯") in drawn


def test_the_needs_of_a_leader_reach_two_steps_up(browser: Browser) -> None:
    drawn = _drawn(browser.ask("leader_needs"))
    assert {("六氟磷酸锂", "FEEDS", "电解液"), ("电解液", "FEEDS", "锂离子电芯")} <= drawn
    assert "电池回收" not in {name for name, _, _ in drawn}, "what is recycled is no need"


def test_the_makers_of_a_province_are_its_firms_and_the_projects_in_it(browser: Browser) -> None:
    drawn = _drawn(browser.ask("makers"))
    assert {("亿纬锂能", "MAKES", "锂离子电芯"), ("亿纬锂能", "BASED_IN", "惠州市")} <= drawn
    assert ("瑞庆时代二工厂", "BY", "宁德时代") in drawn
    assert ("宁德时代", "MAKES", "锂离子电芯") not in drawn, "its seat is in Fujian"


def test_a_city_is_asked_by_its_short_name_its_code_or_its_full_name(browser: Browser) -> None:
    answers = [_drawn(browser.ask("claims", region=name)) for name in ("肇庆", "441200", "肇庆市")]
    assert answers[0] == answers[1] == answers[2] != set()


def test_suppliers_are_followed_to_their_own_suppliers(browser: Browser) -> None:
    rows = browser.ask_with(
        "MATCH (maker:Entity {id: 'tinci'}), (supplier:Entity {id: 'eve-energy'})"
        f" CREATE (maker)-[:SUPPLIES {{since: '{DAY}', grade: 'C'}}]->(supplier)",
        "suppliers",
    )
    assert {("天赐材料", "SUPPLIES", "亿纬锂能"), ("亿纬锂能", "SUPPLIES", "小鹏汽车")} <= _drawn(rows)
    assert _drawn(browser.ask("suppliers", day="2000-01-01")) == set()


def test_who_else_owns_a_firm_s_companies_is_shown(browser: Browser) -> None:
    drawn = _drawn(browser.ask("owners"))
    assert {("宁德时代", "OWNS", "瑞庆时代"), ("广汽集团", "OWNS", "时代广汽")} <= drawn


def test_the_projects_of_a_park_and_their_stages_are_those_of_the_command(browser: Browser, seeds: Settings) -> None:
    rows = browser.ask("park_projects")
    listed = projects(seeds, park="肇庆高新区", as_of=DAY).projects
    assert {row["项目"] for row in rows} == {project.name for project in listed}
    stages = {row["项目"]: row["阶段"] for row in rows}
    assert stages["宁德时代动力及储能电池肇庆项目（一期）"] == [
        "签约 ≤2021-02-02",
        "动工 2021-03-28",
        "投产 2022-05-30",
    ]
    unknown = {name for name, steps in stages.items() if steps == ["待核实"]}
    assert unknown == {project.name for project in listed if project.stage is None}


def test_the_parks_of_a_link_come_with_what_they_take(browser: Browser) -> None:
    rows = {row["园区"]: row for row in browser.ask("park_fit")}
    assert "电解液" in rows["高要储能材料园"]["主攻"]
    assert rows["高要储能材料园"]["待核实"] == ["危险废物", "工业废气"]
    assert rows["金利高新区"]["待核实"] == []


def test_the_links_of_nobody_known_are_claimed_missing_or_without_data_in_the_gap_analysis(
    browser: Browser, seeds: Settings
) -> None:
    unknown = {row["环节"] for row in browser.ask("unknown_links")}
    status = {row.name: row.status for row in gaps(seeds, "ev", as_of=DAY).rows.values()}
    assert {status[name] for name in unknown} == {"missing", "claimed"}
    assert {name for name, state in status.items() if state in ("covered", "thin", "planned")}.isdisjoint(unknown)


def test_the_relation_of_two_firms_is_the_shortest(browser: Browser) -> None:
    rows = browser.ask("relation")
    assert {len(row["path"]) for row in rows} == {4}
    assert {len(row["path"]) for row in browser.ask("relation", firm="广东鸿图")} == {1}


def test_each_fact_is_told_with_its_source(browser: Browser) -> None:
    owned = [row for row in browser.ask("provenance") if row["说法"] == "OWNS"]
    assert [(row["从"], row["内容"], row["等级"], row["出处"]) for row in owned] == [
        ("宁德时代", 1.0, "B", "瑞庆时代设立经过（全资子公司）")
    ]


def test_a_source_tells_literals_and_relations(browser: Browser) -> None:
    drawn = _drawn(browser.ask("source_tells"))
    assert ("广东首批！肇庆3个入选", "TELLS", "理士电源肇庆项目") in drawn
    assert ("理士电源肇庆项目", "BY", "理士国际") in drawn


def test_capacities_that_differ_contradict_each_other(browser: Browser) -> None:
    told = {(row["对象"], row["一说"], row["另一说"]) for row in browser.ask("contradictions")}
    cells = "宁德时代动力及储能电池肇庆项目（一期）"
    assert (cells, "10.0 GWh/年（目标值）", "25.0 GWh/年（规划值）") in told


def test_two_seats_contradict_each_other_unless_one_lies_in_the_other(browser: Browser) -> None:
    seated = (
        "MATCH (firm:Entity {{id: 'catl'}}), (place:Entity {{id: '{}'}}), (source:Source)"
        " WITH firm, place, source LIMIT 1"
        f" CREATE (firm)-[:BASED_IN {{{{since: '{DAY}', place: 1, grade: 'C', source: source.id}}}}]->(place)"
    )
    elsewhere = browser.ask_with(seated.format("441200"), "contradictions")
    wider = browser.ask_with(seated.format("350000"), "contradictions")
    assert [row["另一说"] for row in elsewhere if row["说法"] == "注册地"] == ["肇庆市"]
    assert [row for row in wider if row["说法"] == "注册地"] == []


def test_datings_contradict_each_other_unless_one_says_no_later_than(browser: Browser) -> None:
    dated = (
        "MATCH (project:Entity {{name: '瑞庆时代二工厂'}}), (source:Source) WITH project, source LIMIT 1"
        " CREATE (source)-[:TELLS {{predicate: 'stage', text: 'started', date: '{}', place: 9, cited: 0, grade: 'C',"
        f" since: '{DAY}', source: source.id}}}}]->(project)"
    )
    later = browser.ask_with(dated.format("2025-03-01"), "contradictions")
    earlier = browser.ask_with(dated.format("2023-03-01"), "contradictions")
    stages = [(row["对象"], row["一说"], row["另一说"]) for row in later if row["说法"].startswith("阶段")]
    assert stages == [("瑞庆时代二工厂", "≤2024-08-10", "2025-03-01")]
    assert [row for row in earlier if row["说法"].startswith("阶段")] == []


def test_signs_are_those_of_the_firms_within_the_distance(browser: Browser) -> None:
    near = browser.ask("expanding", km=100)
    assert {row["企业"] for row in near} == {"天赐材料", "万力轮胎", "巨湾技研"}
    assert len(browser.ask("expanding")) > len(near)


def test_the_firms_that_an_import_matched_come_with_words_and_share(browser: Browser) -> None:
    rows = browser.ask_with(
        "MATCH (link:Entity {id: 'battery-cell'}), (seat:Entity {id: '440100'}), (source:Source)"
        " WITH link, seat, source LIMIT 1"
        " CREATE (:Firm {name: '某电池', order: 'z', seat: seat.id})-[:MAKES {imported: true, said: '锂电池',"
        f" revenue_share: 0.5, grade: 'C', since: '{DAY}', source: source.id}}]->(link)",
        "matched",
    )
    assert [(row["企业"], row["地区"], row["词"], row["占营收"]) for row in rows] == [
        ("某电池", "广州市", "锂电池", 0.5)
    ]


def test_what_became_known_lies_in_the_half_year_and_is_no_judgement(browser: Browser) -> None:
    rows = browser.ask("lately")
    assert {"2025-09-01" < row["得知"] <= "2026-03-01" for row in rows} == {True}
    assert "编者判断与行业常识" not in {row["来源"] for row in rows}
    assert ("signal", "欣旺达") in {(row["说法"], row["从"]) for row in rows}
