"""``projects``: rates over a region, park and chain; who is stuck; what the filters keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, projects
from chaingraph.errors import NotFound, UsageError
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.project_report import ProjectSeen, ProjectsReport

ON = "2024-06-01"

_PARKS = """\
parks:
  - {id: zone, name: 高新区, region: "441283", evidence: [{source: report, locator: 一}]}
  - id: zone-east
    name: 东区
    region: "441283"
    part_of: {park: zone, evidence: [{source: report, locator: 一}]}
    evidence: [{source: report, locator: 一}]
  - id: zone-east-one
    name: 东区一期
    region: "441283"
    part_of: {park: zone-east, evidence: [{source: report, locator: 一}]}
    evidence: [{source: report, locator: 一}]
  - {id: other, name: 别园, region: "441283", evidence: [{source: report, locator: 一}]}
"""
_OTHER_CHAIN = """\
chain: {id: steel, name: 钢铁链, name_en: Steel, why: x}
links:
  - {id: plate, name: 钢板, name_en: Plate, stage: upstream, tier: 1, unit: 吨, why: x}
feeds: []
"""


def _project(id_: str, *stages: str, park: str = "", links: tuple[str, ...] = (), more: str = "") -> str:
    made = ", ".join(f"{{link: {link}, evidence: [{{source: report, locator: 二}}]}}" for link in links)
    dated = ", ".join(f"{{{stage}, evidence: [{{source: report, locator: 二}}]}}" for stage in stages)
    return (
        f'  - {{id: {id_}, name: 项目 {id_}, region: "441283"{f", park: {park}" if park else ""}{more}, '
        f"makes: [{made}], stages: [{dated}], evidence: [{{source: report, locator: 二}}]}}\n"
    )


_MILLIONS = ", investment_cny: {value: 5000000, evidence: [{source: paper, locator: 三}]}"
_PROJECTS = "".join(
    (
        _project("signed-one", "stage: signed, date: 2023-12-01", park="zone", links=("cell",), more=_MILLIONS),
        _project("landed-one", "stage: landed, date: 2023-12-04", park="zone-east-one", links=("cell", "car")),
        _project("started-one", "stage: started, date: 2022-06-01", park="other", links=("plate",)),
        _project("completed-one", "stage: completed, date: 2024-01-01, by: true", park="zone-east"),
        _project("ended-one", "stage: started, date: 2020-01-01", "stage: ended, date: 2023-01-01", links=("plate",)),
        _project("silent-one", more=_MILLIONS),
    )
)


@pytest.fixture
def alone(pack: SmallPack, tmp_path: Path) -> Settings:
    """Settings over the small pack with nothing beneath it."""
    return Settings(tmp_path / "workspace", (pack.folder,))


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small pack, whose own project is in production, with a project of every other stage."""
    where = tmp_path_factory.mktemp("staged")
    pack = SmallPack.write(where / "small")
    pack.put("parks.yaml", _PARKS)
    pack.put("chains/steel.yaml", _OTHER_CHAIN)
    pack.append("projects.yaml", _PROJECTS)
    return Settings(where / "workspace", (pack.folder,))


def rates(report: ProjectsReport) -> dict[str, tuple[int, int]]:
    """Reached and signed of each rate."""
    return {rate.stage: (rate.reached, rate.signed) for rate in report.rates}


def ids(report: ProjectsReport) -> list[str]:
    """The projects listed."""
    return [project.id for project in report.projects]


def one(report: ProjectsReport, id_: str) -> ProjectSeen:
    """A project of the list."""
    return next(project for project in report.projects if project.id == id_)


def test_the_four_rates_of_a_region_are_those_worked_out_by_hand(staged: Settings) -> None:
    report = projects(staged, as_of=ON)
    assert rates(report) == {"landed": (5, 6), "started": (4, 6), "completed": (2, 6), "in_production": (1, 6)}
    assert [rate.name for rate in report.rates] == ["履约率", "动工率", "竣工率", "投产率"]
    assert (report.total, report.stage_unknown, report.stuck) == (7, 1, 2)


def test_what_is_known_of_the_investment_is_summed_and_counted(staged: Settings) -> None:
    report = projects(staged, as_of=ON)
    assert report.investment_cny is not None
    assert (report.investment_cny.value, report.investment_known) == (10_000_000, 2)
    assert one(report, "landed-one").investment_cny is None
    none = projects(staged, park="other", as_of=ON)
    assert (none.investment_cny, none.investment_known) == (None, 0)


def test_a_project_is_stuck_beyond_the_limit_of_its_stage(staged: Settings) -> None:
    report = projects(staged, as_of=ON)
    resting = {
        project.id: (project.days, project.limit_days, project.stuck)
        for project in report.projects
        if project.days is not None
    }
    assert resting == {
        "started-one": (731, 730, True),
        "signed-one": (183, 180, True),
        "landed-one": (180, 180, False),
        "completed-one": (152, 180, False),
    }


def test_the_longest_resting_stands_first_and_what_does_not_rest_last(staged: Settings) -> None:
    assert ids(projects(staged, as_of=ON)) == [
        *("started-one", "signed-one", "landed-one", "completed-one"),
        *("ended-one", "plant", "silent-one"),
    ]


def test_a_limit_of_the_callers_own_holds_for_every_stage(staged: Settings) -> None:
    assert projects(staged, stuck_after=182, as_of=ON).stuck == 2
    assert projects(staged, stuck_after=183, as_of=ON).stuck == 1
    assert ids(projects(staged, stuck_after=151, stuck_only=True, as_of=ON)) == [
        *("started-one", "signed-one", "landed-one", "completed-one"),
    ]


def test_a_date_that_is_the_latest_possible_is_told_as_such(staged: Settings) -> None:
    stage = one(projects(staged, as_of=ON), "completed-one").stage
    assert stage is not None
    assert (stage.stage, stage.date, stage.by) == ("completed", "2024-01-01", True)


def test_the_filters_by_stage_and_stuck_leave_rates_and_counts_alone(staged: Settings) -> None:
    whole = projects(staged, as_of=ON)
    for stage, kept in (
        ("signed", ["signed-one"]),
        ("ended", ["ended-one"]),
        ("in_production", ["plant"]),
        ("投产", ["plant"]),
        ("unknown", ["silent-one"]),
        ("待核实", ["silent-one"]),
    ):
        part = projects(staged, stage=stage, as_of=ON)
        assert ids(part) == kept
        assert (part.rates, part.total, part.stuck) == (whole.rates, whole.total, whole.stuck)
    stuck = projects(staged, stuck_only=True, as_of=ON)
    assert ids(stuck) == ["started-one", "signed-one"]
    assert stuck.rates == whole.rates
    assert ids(projects(staged, stuck_only=True, stage="landed", as_of=ON)) == []


def test_a_park_holds_the_projects_of_its_parts_and_of_their_parts(staged: Settings) -> None:
    report = projects(staged, park="zone", as_of=ON)
    assert ids(report) == ["signed-one", "landed-one", "completed-one"]
    assert rates(report) == {"landed": (2, 3), "started": (1, 3), "completed": (1, 3), "in_production": (0, 3)}
    assert ids(projects(staged, park="东区", as_of=ON)) == ["landed-one", "completed-one"]
    assert ids(projects(staged, park="zone-east-one", as_of=ON)) == ["landed-one"]


def test_a_chain_keeps_the_projects_that_make_one_of_its_links(staged: Settings) -> None:
    assert ids(projects(staged, chain="steel", as_of=ON)) == ["started-one", "ended-one"]
    report = projects(staged, chain="演示链", as_of=ON)
    assert (ids(report), report.chain) == (["signed-one", "landed-one", "plant"], "demo")
    assert ids(projects(staged, chain="demo", park="zone-east", as_of=ON)) == ["landed-one"]


def test_a_region_holds_what_lies_below_it_and_nothing_else(staged: Settings) -> None:
    assert "plant" not in ids(projects(staged, region="高要区", as_of=ON))
    assert projects(staged, region="441283", as_of=ON).total == 6
    assert projects(staged, region="440000", as_of=ON).total == 7
    empty = projects(staged, region="350000", as_of=ON)
    assert (empty.total, empty.projects) == (0, ())
    assert {rate.share for rate in empty.rates} == {None}


def test_an_earlier_day_knows_only_the_stages_reached_by_then(staged: Settings) -> None:
    before = projects(staged, as_of="2023-12-03")
    assert one(before, "ended-one").stage is not None
    assert one(before, "landed-one").stage is None
    assert one(before, "signed-one").days == 2
    assert rates(before)["landed"] == (3, 4)
    long_before = projects(staged, as_of="2021-12-31")
    assert ids(long_before) == ["ended-one", "plant"]
    ended = one(long_before, "ended-one")
    assert (ended.stage.stage if ended.stage else None, ended.days, ended.stuck) == ("started", 730, False)


def test_a_figure_is_not_seen_before_its_source(staged: Settings) -> None:
    assert projects(staged, as_of="2023-05-31").investment_known == 0
    assert projects(staged, as_of="2023-06-01").investment_known == 2


def test_the_language_changes_words_and_no_number(staged: Settings) -> None:
    zh, en = (projects(staged, as_of=ON, lang=lang) for lang in ("zh", "en"))
    assert rates(zh) == rates(en)
    assert ids(zh) == ids(en)
    assert one(en, "landed-one").link_names == ("Cell", "Car")
    assert en.region_name == "Zhaoqing"


def test_names_that_are_none_are_refused(staged: Settings) -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'signed'"):
        projects(staged, stage="sined")
    with pytest.raises(NotFound, match="no park named 'maker'"):
        projects(staged, park="maker")
    with pytest.raises(NotFound, match="nowhere"):
        projects(staged, park="nowhere")
    with pytest.raises(NotFound, match="no chain named 'ship'"):
        projects(staged, chain="ship")
    with pytest.raises(NotFound, match="no region named 'Atlantis'"):
        projects(staged, region="Atlantis")
    with pytest.raises(UsageError, match="at least 1"):
        projects(staged, stuck_after=0)
    with pytest.raises(UsageError, match="not a date"):
        projects(staged, as_of="2024-13-01")


def test_a_project_signed_on_the_day_itself_rests_for_0_days_and_stands_before_what_does_not_rest(
    pack: SmallPack, alone: Settings
) -> None:
    stage = f"[{{stage: signed, date: {ON}, evidence: [{{source: report, locator: 一}}]}}]"
    where = 'region: "441200", evidence: [{source: report, locator: 一}]'
    pack.append("projects.yaml", f"  - {{id: today, name: 今日, stages: {stage}, {where}}}\n")
    found = projects(alone, as_of=ON)
    assert [(project.id, project.days) for project in found.projects] == [("today", 0), ("plant", None)]


def test_an_ended_project_is_in_no_sum_and_the_sum_bears_its_weakest_grade(pack: SmallPack, alone: Settings) -> None:
    def project(id_: str, stage: str, amount: int, grade: str) -> str:
        cite = f"[{{source: report, locator: 一, grade: {grade}}}]"
        return (
            f'  - {{id: {id_}, name: 项目 {id_}, region: "441200", '
            f"investment_cny: {{value: {amount}, evidence: {cite}}}, "
            f"stages: [{{stage: {stage}, date: 2023-01-01, evidence: {cite}}}], evidence: {cite}}}\n"
        )

    pack.append("projects.yaml", project("good", "signed", 100, "A") + project("judged", "signed", 10, "D"))
    pack.append("projects.yaml", project("over", "ended", 5000, "A"))
    report = projects(alone, as_of=ON)
    assert report.investment_cny is not None
    assert (report.investment_cny.value, report.investment_cny.grade, report.investment_known) == (110, "D", 2)


def test_a_park_is_listed_wherever_it_is_and_refused_outside_the_region_asked_for(
    pack: SmallPack, alone: Settings
) -> None:
    cite = "evidence: [{source: report, locator: 一}]"
    pack.put("parks.yaml", f'parks: [{{id: away, name: 外地园, region: "350900", {cite}}}]\n')
    pack.append("projects.yaml", f'  - {{id: far, name: 外地项目, region: "350900", park: away, {cite}}}\n')
    report = projects(alone, park="外地园", as_of=ON)
    assert (report.region, report.park, ids(report)) == ("350900", "away", ["far"])
    assert ids(projects(alone, park="away", region="福建", as_of=ON)) == ["far"]
    with pytest.raises(UsageError, match="park away is in Ningde"):
        projects(alone, park="away", region="441200", as_of=ON)
    with pytest.raises(NotFound, match="no park named"):
        projects(alone, park="plant", as_of=ON)


def test_filters_are_told_with_how_many_they_keep(staged: Settings) -> None:
    report = projects(staged, stage="signed", top=1, as_of=ON)
    assert (report.stage, report.kept >= len(report.projects) == 1) == ("signed", True)


def test_the_investment_of_a_part_counts_in_its_whole(pack: SmallPack, alone: Settings) -> None:
    def project(id_: str, amount: str, more: str = "") -> str:
        cite = "evidence: [{source: report, locator: 一}]"
        money = f", investment_cny: {{value: {amount}, {cite}}}" if amount else ""
        return f'  - {{id: {id_}, name: 项目 {id_}, region: "441200"{money}{more}, {cite}}}\n'

    part = ", part_of: {project: WHOLE, why: x}"
    pack.append("projects.yaml", project("all", "100") + project("one", "60", part.replace("WHOLE", "all")))
    pack.append("projects.yaml", project("blank", "") + project("two", "7", part.replace("WHOLE", "blank")))
    report = projects(alone, as_of=ON)
    assert report.investment_cny is not None
    assert (report.investment_cny.value, report.investment_known) == (107, 2)
