"""Rule 6: how a unit spends its hours, and whom it reaches."""

import numpy as np
import pytest

from qsim.world.kinds import CONTACT, COORDINATION, NEGOTIATION
from worlds import START, city, off, parameter, run_month, run_months, staffed, unit, value_of, world_of


@pytest.mark.parametrize("filled", [0.25, 1.0, 3.0, 20.0])
def test_a_unit_spends_no_more_than_its_hours(filled):
    world = staffed(filled)
    for month in range(START, START + 12):
        run_month(world, month)
        office = value_of(world, "outreach_office_share")
        assert world.units["hours"][0] == pytest.approx(
            filled * value_of(world, "workload_hours_per_post") * (1.0 - office)
        )
        assert world.units["spent"][0] <= world.units["hours"][0] + 1e-9
    assert world.units["spent"][0] > 0.0


def test_more_posts_reach_more_departments():
    reached = []
    for filled in (0.0, 0.5, 1.0, 2.0, 5.0):
        world = staffed(filled, administration={"departments": 40})
        run_months(world, 6)
        reached.append((world.stances["reached"] >= START).sum())
    assert reached[0] == 0
    assert reached == sorted(reached)
    assert reached[-1] > 2 * reached[1]


def test_an_empty_unit_touches_nobody():
    world = staffed(0.0)
    before = world.stances.copy()
    run_months(world, 12)
    assert world.stances.tobytes() == before.tobytes()
    assert (world.ledger == 0.0).all()
    assert world.units["workload"][0] == 0.0


def test_a_contact_is_paid_by_both_and_brings_the_units_knowledge():
    world = parameter(staffed(), outreach_occasions=0.0)
    world.units["knowledge"] = 0.8
    run_month(world, START)
    stances = world.stances[:, 0]
    reached = stances["reached"] == START
    assert reached.any()
    cost = value_of(world, "outreach_department_hours")
    assert (stances["outreach"][reached] == cost).all()
    assert (stances["outreach"][~reached] == 0.0).all()
    assert stances["source"][reached] == pytest.approx(0.8 * cost)
    assert (stances["process_source"] == 0.0).all()  # only work on cases shows procedures
    assert world.departments["spent"][reached] == pytest.approx(cost)
    assert set(np.round(world.departments["spent"][~reached] / cost, 9)) <= {0.0, 0.25}
    assert (
        world.relations["familiarity"][reached, 0] > world.relations["familiarity"][~reached, 0].max(initial=0)
    ).all()
    paid = world.ledger[world.departments.size]
    assert paid[CONTACT] + paid[NEGOTIATION] + paid[COORDINATION] == pytest.approx(world.units["spent"][0])


def test_departments_without_hours_are_not_reached():
    world = staffed()
    world.departments["task_hours"][:5] = 1.0
    run_months(world, 12)
    assert (world.stances["reached"][:5] < START).all()
    assert (world.stances["reached"][5:] >= START).any()


def test_irrelevant_departments_are_left_alone():
    world = staffed(20.0)
    world.stances["relevance"][:5] = 0.04
    run_months(world, 12)
    assert (world.stances["reached"][:5] < START).all()
    assert (world.stances["reached"][5:] >= START).sum() >= 4


def asking(world, departments):
    """Let an occasion come up everywhere, and these departments ask for the unit; nobody else does, and it sees nothing."""
    parameter(world, outreach_occasions=1000.0, outreach_pull=1.0)
    world.stances["openness"] = 0.0
    world.stances["openness"][departments] = world.stances["practice"][departments] = 1.0
    world.units["overview"] = 0.0
    return world


def test_requests_come_before_pushes():
    """With hours for few contacts, only those that asked are visited."""
    asked = [3, 17, 33]
    world = asking(staffed(0.4, administration={"departments": 40}), asked)
    world.stances["time"] = 1.0
    world.units["recognition"] = 1.0
    run_month(world, START)
    reached = np.flatnonzero(world.stances["reached"][:, 0] == START)
    assert set(reached) <= set(asked)
    assert len(reached) > 0
    assert set(np.flatnonzero(world.stances["asked"][:, 0])) == set(asked)


def test_no_request_waits():
    """What found no time is over with the month, as the occasion is."""
    world = asking(staffed(0.2, administration={"departments": 40}), list(range(40)))
    run_month(world, START)
    assert (world.stances["asked"] == (world.stances["relevance"] >= 0.05)).all()
    assert (world.stances["reached"] < START).any()
    parameter(world, outreach_occasions=0.0)
    run_month(world, START + 1)
    assert (world.stances["asked"] == 0.0).all()
    assert (world.stances["cases"] == 0.0).all()


def test_occasions_come_up_as_far_as_a_task_concerns_a_department():
    """All units see the same ones; a share of them is noticed by overview, as far as the papers are read."""
    count = {}
    for relevance, sees in [(0.1, 1.0), (0.4, 1.0), (0.4, 0.5), (0.4, 0.0)]:
        count[relevance, sees] = 0
        for replicate in range(20):
            world = world_of(city(rules=off("outreach")), replicate)
            parameter(
                world, outreach_pull=0.0, outreach_occasions=0.5, outreach_base_hours=0.0, outreach_overview_loss=0.0
            )
            world.stances["relevance"], world.stances["openness"], world.stances["time"] = relevance, 1.0, 1.0
            world.units["filled"], world.units["recognition"], world.units["overview"] = 30.0, 1.0, sees
            world.departments["hours"], world.departments["task_hours"] = 1000.0, 100.0
            run_month(world, START)
            assert (world.stances["outreach"] > 0.0).all()
            count[relevance, sees] += (world.stances["cases"] > 0.0).sum()
    assert count[0.1, 1.0] == pytest.approx(200 * 0.05, abs=10)
    assert count[0.4, 1.0] == pytest.approx(200 * 0.2, abs=15)
    assert count[0.4, 0.5] == pytest.approx(0.5 * count[0.4, 1.0], abs=10)
    assert count[0.4, 0.0] == 0


def test_what_is_not_read_is_not_noticed():
    """Unasked the unit comes at the right moment in a small house, and in a large one as good as never (report 3.2)."""
    share = []
    for departments in (10, 160):
        world = staffed(1.0, administration={"departments": departments})
        parameter(world, outreach_pull=0.0, outreach_occasions=1000.0, outreach_overview_loss=0.0)
        parameter(world, outreach_base_hours=1.5, outreach_office_share=0.4)
        world.units["overview"], world.units["recognition"], world.stances["openness"] = 1.0, 1.0, 1.0
        contacts = cases = 0
        for month in range(START, START + 6):
            run_month(world, month)
            contacts += (world.stances["outreach"] > 0.0).sum()
            cases += (world.stances["cases"] > 0.0).sum()
            world.units["overview"] = 1.0
        share.append(cases / contacts)
    assert share[1] < 0.5 < 0.6 < share[0]


def test_a_case_counts_for_more_and_teaches_procedures():
    """Report 3.2, 3.3: at the right moment; otherwise a contact teaches the subject alone."""
    seen = {}
    for occasions in (0.0, 1000.0):
        world = parameter(staffed(30.0), outreach_occasions=occasions, outreach_pull=0.0)
        world.stances["openness"] = world.stances["time"] = world.units["recognition"] = world.units["overview"] = 1.0
        parameter(world, outreach_overview_loss=0.0, outreach_base_hours=0.0)
        run_month(world, START)
        seen[occasions] = world.stances[0, 0]
    cost, weight = value_of(world, "outreach_department_hours"), value_of(world, "learning_moment")
    known = world.units["knowledge"][0]
    told, worked = seen[0.0], seen[1000.0]
    assert told["outreach"] == worked["outreach"] == worked["cases"] == cost
    assert told["cases"] == told["process_source"] == 0.0
    assert told["source"] == pytest.approx(cost * known)
    assert worked["source"] == pytest.approx(weight * cost * known)
    assert worked["process_source"] == pytest.approx(weight * cost * known * value_of(world, "learning_process_source"))


def test_who_knows_and_is_open_asks_more():
    """Report 3.2: those who know, are open and have done it before involve the unit by themselves."""
    asked = {}
    for name, value in (("closed", 0.05), ("open", 0.95)):
        count = 0
        for replicate in range(20):
            world = world_of(city(administration={"departments": 40}, rules=off("outreach")), replicate)
            parameter(world, outreach_pull=0.3, outreach_occasions=1.0)
            world.units["filled"] = 1e-6
            for field in ("openness", "knowledge", "process_knowledge", "practice"):
                world.stances[field] = value
            run_month(world, START)
            count += world.stances["asked"].sum()
        asked[name] = count
    assert asked["open"] > 5 * max(asked["closed"], 1)


def asked_for(field, value):
    """Return how often a unit is asked for in twenty houses of open departments that have nothing of all this but one."""
    count = 0
    for replicate in range(20):
        world = world_of(city(administration={"departments": 40}, rules=off("outreach")), replicate)
        parameter(world, outreach_pull=0.3, outreach_occasions=1.0)
        world.units["filled"], world.stances["openness"] = 1e-6, 0.9
        for name in ("knowledge", "process_knowledge", "chain_knowledge", "practice"):
            world.stances[name] = 0.0
        table = world.relations if field == "familiarity" else world.stances
        table[field] = value
        run_month(world, START)
        count += world.stances["asked"].sum()
    return count


@pytest.mark.parametrize(
    "field", ["familiarity", "knowledge", "process_knowledge", "chain_knowledge", "practice", "openness"]
)
def test_any_step_of_the_way_makes_a_department_ask(field):
    """To know the unit, the subject, procedures or the chain, or to do it; all in vain without openness."""
    if field == "openness":
        assert asked_for("openness", 0.0) == 0
    else:
        assert asked_for(field, 0.0) == 0 < asked_for(field, 0.2) < asked_for(field, 0.9)


@pytest.mark.parametrize(("place", "everyday"), [("line_unit", True), ("section", True), ("staff_unit", False)])
def test_in_the_line_one_meets_the_own_division_every_day(place, everyday):
    for filled in (1e-6, 0.0):
        world = staffed(filled, commissioners=[unit(position=place)])
        world.relations["familiarity"] = 0.5
        run_month(world, START)
        own = (world.departments["division"] == world.units["division"][0]) & everyday & (filled > 0.0)
        left = 0.5 * (1.0 - value_of(world, "outreach_familiarity_loss"))
        met = left + value_of(world, "outreach_everyday") * (1.0 - left)
        assert world.relations["familiarity"][:, 0] == pytest.approx(np.where(own, met, left))
        assert own.any() == (everyday and filled > 0.0)


def test_the_policy_of_outreach_orders_departments():
    """By relevance the most concerned come first; at random everybody is equally likely."""
    means = {}
    for policy in ("relevance", "random"):
        scenario = city(
            administration={"departments": 40}, commissioners=[unit(outreach=policy)], rules=off("outreach")
        )
        relevance = []
        for replicate in range(20):
            world = parameter(world_of(scenario, replicate), outreach_occasions=0.0, outreach_base_hours=0.0)
            world.units["filled"] = 0.5
            world.departments["hours"], world.departments["task_hours"], world.stances["time"] = 1000.0, 50.0, 1.0
            run_month(world, START)
            visited = world.departments["spent"] > 0.0
            relevance += list(world.stances["relevance"][visited, 0])
        means[policy] = np.mean(relevance)
    assert means["relevance"] > means["random"] + 0.05


def test_overview_lets_the_unit_see_who_needs_it():
    needy = {}
    for overview in (0.0, 1.0):
        visited = np.zeros(2)
        for replicate in range(20):
            scenario = city(administration={"departments": 40}, rules=off("outreach"))
            world = parameter(world_of(scenario, replicate), outreach_occasions=0.0, outreach_base_hours=0.0)
            world.units["filled"], world.units["overview"] = 2.0, overview
            world.departments["hours"], world.departments["task_hours"], world.stances["time"] = 1000.0, 50.0, 1.0
            world.stances["relevance"], world.tasks["mean_gap"] = 0.5, 0.3
            world.stances["need"][:20], world.stances["need"][20:] = 1.0, 0.2
            run_month(world, START)
            spent = world.departments["spent"] > 0.0
            visited += [spent[:20].sum(), spent[20:].sum()]
        needy[overview] = visited[0] / visited.sum()
    assert needy[1.0] > needy[0.0] + 0.1
    assert needy[0.0] == pytest.approx(0.5, abs=0.1)


def test_overview_and_familiarity_fade_without_contact():
    world = staffed(0.0)
    world.units["overview"], world.relations["familiarity"] = 0.8, 0.6
    run_months(world, 12)
    assert world.units["overview"][0] == pytest.approx(0.8 * (1.0 - value_of(world, "outreach_overview_loss")) ** 12)
    lost = (1.0 - value_of(world, "outreach_familiarity_loss")) ** 12
    assert world.relations["familiarity"] == pytest.approx(0.6 * lost)


@pytest.mark.parametrize("gain", [1.0, 2.0])
def test_overview_stays_a_share(gain):
    """Within the plausible range of its parameter, when a whole small house is visited in a month."""
    world = parameter(staffed(30.0, administration={"departments": 4}), outreach_overview_gain=gain)
    world.stances["openness"], world.stances["time"], world.units["recognition"] = 1.0, 1.0, 1.0
    for month in range(START, START + 6):
        run_month(world, month)
        assert 0.0 <= world.units["overview"][0] <= 1.0
