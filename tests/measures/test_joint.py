"""Joint practice: a chain is as good as its links and the channels between them."""

import numpy as np
import pytest

from qsim.measures import joint
from worlds import city, off, open_world, plain, world_of

pytestmark = pytest.mark.usefixtures("usual")


def chain_of_three(practice=(0.4, 0.4, 0.4)):
    """A world in which the only process that counts runs through three departments of one division."""
    chain = {
        "id": "case",
        "kind": "integration",
        "departments": ["main_office", "planning", "public_order"],
        "weight": 7,
    }
    world = world_of(city(administration={"departments": 4}, rules=off(), chains=[chain]))
    world.chains["weight"] *= world.chains["weight"] == 7.0
    ((first, length),) = world.chains[["first", "length"]][world.chains["weight"] > 0.0].tolist()
    assert length == 3
    world.ties["strength"] = world.ties["agreed"] = 0.0
    world.stances["chain_knowledge"] = 0.0
    for link, level in zip(world.links[first : first + 3], practice, strict=True):
        world.stances["practice"][link["department"]] = level
    world.departments["division"] = 0
    world.administration["hierarchy"] = 0.5
    return world


def joint_of(world):
    return plain(joint.joint_practice)(open_world(world), 0)


def test_a_chain_is_as_good_as_its_links_and_channels():
    """CES of exponent -2 over the links, times the quality of both channels: 1 / (1 + .5 H (levels - 1))."""
    world = chain_of_three((0.4, 0.1, 0.4))
    links = ((0.4**-2 + 0.1**-2 + 0.4**-2) / 3) ** -0.5
    assert joint_of(world) == pytest.approx(links / 1.25**2)
    world.departments["division"] = [0, 1, 2, 1]
    assert joint_of(world) == pytest.approx(links / 1.75**2)


def test_channels_between_struck_offices_jam():
    """Report 3.1: in crises official channels carry more than they can."""
    world = chain_of_three()
    calm = joint_of(world)
    world.departments["shock"] = 1.0
    world.leaders["workload"][2:] *= 4.0  # the heads
    assert joint_of(world) == pytest.approx(0.4 / (1.0 + 0.25 * (4.0 + 2.0) / 2.0) ** 2)
    assert joint_of(world) < calm


def test_ties_agreements_and_knowledge_of_the_chain_make_up_for_hierarchy():
    base = joint_of(chain_of_three())
    for field in ("strength", "agreed"):
        world = chain_of_three()
        world.ties[field] = 0.5
        missing = (1.0 - 1.0 / 1.25) * 0.5
        assert joint_of(world) == pytest.approx(0.4 * (1.0 - missing) ** 2)
        assert joint_of(world) > base
    world = chain_of_three()
    world.stances["chain_knowledge"] = 1.0
    assert joint_of(world) == pytest.approx(0.4)


def test_a_case_passes_every_channel():
    """What one channel loses the other does not make up for: a mean of one open and one closed channel would be half."""
    world = chain_of_three()
    world.departments["division"] = [0, 0, 0, 0]
    first = int(world.chains["first"][world.chains["weight"] > 0.0][0])
    world.ties["strength"][world.links["tie"][first]] = 1.0
    assert joint_of(world) == pytest.approx(0.4 / 1.25)
    world.administration["hierarchy"] = 1.0
    assert joint_of(world) == pytest.approx(0.4 / 1.5)


def test_a_broken_link_breaks_the_chain_and_no_department_alone_makes_it():
    assert joint_of(chain_of_three((0.9, 0.0, 0.9))) < 0.01
    assert joint_of(chain_of_three((0.9, 0.9, 0.9))) > joint_of(chain_of_three((0.9, 0.9, 0.5)))
    assert joint_of(chain_of_three((0.5, 0.5, 0.5))) > joint_of(chain_of_three((1.0, 0.25, 0.25)))


def test_joint_practice_never_exceeds_the_mean_of_its_links():
    for levels in ((0.1, 0.5, 0.9), (1.0, 1.0, 1.0), (0.3, 0.2, 0.7)):
        assert joint_of(chain_of_three(levels)) <= np.mean(levels)
