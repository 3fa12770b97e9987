/**
 * The arrays of a world that hang on the house, for any house that the answers can lead to, as qsim.world.fill lays them out: which
 * records there are, and what stands in their fields. Everything else of a world is the same in every house.
 *
 * Values are numbers, null where nothing is stated, or {key, middle, largest} for what is open, by its key in the scenario.
 */
import { unitedOffices } from "./answers.js";
import { officesOf } from "./house.js";

const NOTHING_STATED = Infinity;

/**
 * Return {ids, departments, stances, leaders, support, places, members, member_first, concept_departments, chains, links, functions, sizes}
 * of a scenario whose offices are named (settledAnswers). `numbers` are city_numbers(). stances and support have a list of tasks in
 * each row; ids are those of departments and leaders; places is the place of the unit by its position; sizes are the lengths of arrays that start empty.
 */
export function houseArrays(data, numbers, scenario) {
  const house = houseOf(data, scenario);
  const { members, member_first } = membersOf(numbers, scenario, house);
  const { chains, links } = chainsOf(data, scenario, house);
  const functions = functionsOf(data, numbers, house);
  const [unit] = scenario.commissioners;
  const leaders = leadersOf(numbers, scenario, house);
  return {
    ids: { departments: house.offices.map(({ id }) => id), leaders: leaders.map(({ entry }) => entry.id) },
    departments: house.offices.map(({ slot, division, breadth, staff, load_factor }) => ({ slot, division, breadth, staff, load_factor, base_demand: null })),
    stances: house.offices.map((office) => office.stances),
    leaders: leaders.map((leader) => leader.record),
    support: leaders.map((leader) => scenario.tasks.map(() => openOr(leader.entry.support, `leaders[${leader.entry.id}].support`))),
    places: Object.fromEntries(numbers.positions.map((position) => [position, placeOf(numbers, house, unit, position)])),
    members,
    member_first,
    concept_departments: (scenario.concepts ?? []).map(() => house.offices.map((office) => (largestOf(office, "relevance") >= numbers.concerned ? 1 : 0))),
    chains,
    links,
    functions,
    sizes: {
      ties: 2 * (numbers.most_acquaintances * functions.length + links.length - chains.length),
      tie_first: house.offices.length + 1,
      relations: [house.offices.length, 1],
      scratch: [house.offices.length, 2],
      ledger: [house.offices.length + 1 + leaders.length + scenario.civil_society.length, numbers.activities],
    },
  };
}

function houseOf(data, scenario) {
  const { divisions, own_departments: own } = scenario.administration;
  const entries = new Map(data.catalogue.departments.entries.map((entry) => [entry.id, entry]));
  const offices = officesOf(data, scenario).map((office) => {
    const index = own.findIndex((entry) => entry.id === office.id);
    return {
      id: office.id,
      slot: entries.get(office.id)?.slot ?? own[index].slot,
      division: divisions.findIndex((division) => division.id === office.division),
      breadth: Math.max(office.members.length, 1),
      staff: office.weight,
      load_factor: office.members.length ? meanOf(office.members, (member) => member.workload) : 1,
      stances: scenario.tasks.map((task) => stanceOf(data, office.members, task.kind, own[index])),
    };
  });
  const united = unitedOffices(data, offices.map((office) => office.id));
  const holders = new Map([...united.values()].flatMap((members, index) => members.map((member) => [member.id, index])));
  offices.forEach((office, index) => holders.set(office.id, index));
  return { offices, divisions, holders };
}

function stanceOf(data, members, kind, entry) {
  const place = entry.tasks?.findIndex((task) => task.kind === kind) ?? -1;
  const one = (name) => {
    const stated = entry.tasks?.[place]?.[name];
    if (stated !== undefined) return openOr(stated, `administration.own_departments[${entry.id}].tasks[${place}].${name}`);
    return members.length ? meanOf(members, (member) => (member[kind] ?? data.catalogue.departments.other)[name]) : 0;
  };
  return { relevance: one("relevance"), contact: one("contact"), exposure: one("exposure") };
}

function meanOf(members, value) {
  if (members.length === 1) return value(members[0]);
  const staff = members.reduce((sum, member) => sum + member.staff_weight, 0);
  return members.reduce((sum, member) => sum + value(member) * member.staff_weight, 0) / staff;
}

function openOr(value, key) {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return monthNumber(value);
  if (typeof value !== "object") return value;
  const values = (value.between ?? value.one_of).map((one) => (typeof one === "string" ? monthNumber(one) : one));
  return { key, middle: value.between ? 0.5 * (values[0] + values[1]) : values[0], largest: Math.max(...values) };
}

function monthNumber(text) {
  const [year, month] = text.split("-").map(Number);
  return 12 * year + month - 1;
}

function middleOf(value) {
  return typeof value === "object" ? value.middle : value;
}

function leadersOf(numbers, scenario, house) {
  const stated = new Map(scenario.leaders.map((leader) => [leader.id, leader]));
  const record = (id, slot, division, [term, reelection, authority]) => {
    const entry = stated.get(id) ?? { id };
    const key = `leaders[${id}]`;
    const or = (value, name, usual) => openOr(value, `${key}.${name}`) ?? usual;
    return {
      entry,
      record: {
        slot, division, base_demands: null, knowledge: null, authority, co_responsibility: 0.4, transparency: 0.5,
        term: or(entry.term_months, "term_months", term),
        reelection: or(entry.reelection_share, "reelection_share", reelection),
        next_election: or(entry.next_election, "next_election", NOTHING_STATED),
      },
    };
  };
  return [
    record("mayor", 1, -1, [96, 0.6, 1]),
    record("deputy", 2, -1, [96, 0.6, 0.5]),
    ...house.divisions.map(({ id }, place) => record(`head_${id}`, numbers.head_slots + numbers.division_slots[id], place, [NOTHING_STATED, 0.7, 0])),
  ];
}

/** Return the level, leader, division, department and head of the unit at a position, as fill.place_of does. */
function placeOf(numbers, house, unit, position) {
  const { levels, first_head } = numbers;
  const sum = (office) => office.stances.reduce((total, stance) => total + middleOf(stance.relevance), 0);
  const most = house.offices.reduce((best, office, index) => (sum(office) > sum(house.offices[best]) ? index : best), 0);
  const at = unit.department ? house.holders.get(unit.department) : most;
  const stated = house.divisions.findIndex((division) => division.id === unit.division);
  const home = position === "section" || stated < 0 ? house.offices[at].division : stated;
  if (position === "section") return { level: levels.department, leader: first_head + home, division: home, department: at, has_head: 0 };
  if (position === "line_unit") return { level: levels.division, leader: first_head + home, division: home, department: -1, has_head: 0 };
  return { level: levels.house, leader: position === "deputy_mayor" ? 1 : 0, division: -1, department: -1, has_head: position === "staff_unit_with_head" ? 1 : 0 };
}

function largestOf(office, name) {
  return Math.max(...office.stances.map((stance) => (typeof stance[name] === "object" ? stance[name].largest : stance[name])));
}

/** Return the members of the formats, one after another, and where those of each begin; all formats are for all tasks. */
function membersOf(numbers, scenario, house) {
  const members = [];
  const member_first = [0];
  const takesPart = {
    all: () => true,
    relevant: (office) => largestOf(office, "relevance") >= numbers.concerned,
    contact: (office) => largestOf(office, "contact") >= numbers.close,
  };
  for (const [format, entry] of (scenario.formats ?? []).entries()) {
    house.offices.forEach((office, department) => takesPart[entry.members](office) && members.push({ format, department }));
    member_first.push(members.length);
  }
  return { members, member_first };
}

/** Return the chains of all tasks, at least one a task, and their links, as scenario.standing.house_chains has them. */
function chainsOf(data, scenario, house) {
  const chains = [];
  const links = [];
  for (const [task, { kind }] of scenario.tasks.entries()) {
    let found = data.catalogue.chains.entries
      .filter((chain) => chain.kind === kind)
      .map(({ weight, departments }) => ({ weight, path: departments.map((id) => house.holders.get(id)).filter((link, place, all) => link !== all[place - 1]) }))
      .filter(({ path }) => new Set(path).size > 1);
    if (!found.length) {
      const relevance = (index) => middleOf(house.offices[index].stances[task].relevance);
      const order = [...house.offices.keys()].sort((one, other) => relevance(other) - relevance(one));
      found = [{ weight: 1, path: order.slice(0, 2) }];
    }
    for (const { weight, path } of found) {
      chains.push({ task, first: links.length, length: path.length, weight, copies: 1 });
      links.push(...path.map((department) => ({ department, tie: -1 })));
    }
  }
  return { chains, links };
}

/** Return slot, department, division and edition of the functions, as fill_calendar has them. */
function functionsOf(data, numbers, house) {
  const places = new Map(data.catalogue.divisions.entries.map((entry, place) => [entry.id, place]));
  const catalogue = data.catalogue.departments.entries;
  const rows = catalogue.map((entry) => ({ slot: entry.slot, department: house.holders.get(entry.id), group: places.get(entry.division), edition: 0 }));
  const known = new Set(catalogue.map((entry) => entry.id));
  const own = [...house.offices.entries()].filter(([, office]) => !known.has(office.id)).map(([department, office]) => {
    const near = rows.filter((row) => house.offices[row.department].division === office.division).map((row) => row.group);
    const count = (group) => near.filter((one) => one === group).length;
    const group = [...new Set(near)].sort((one, other) => count(other) - count(one) || one - other)[0] ?? -1 - office.division;
    return { slot: office.slot, department, group, edition: numbers.own_edition };
  });
  return [...rows, ...own.sort((one, other) => one.slot - other.slot)];
}
