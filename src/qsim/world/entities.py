"""The tables of declared fields: what departments, stances, leaders, units, posts and civil society carry."""

from __future__ import annotations

from qsim.world.fields import Field, field

ADMINISTRATION: tuple[Field, ...] = (
    field("hierarchy", "fixed", "share", "communication that goes through heads", "Hierarchie", "hierarchy", "H"),
    field("culture", "fixed", "share", "mean openness of own cultures", "Verwaltungskultur", "culture"),
    field("closed_share", "fixed", "share", "departments with a closed culture", "Geschlossene", "closed share"),
    field("workload", "fixed", "share of capacity", "mean workload at the start", "Auslastung", "workload"),
    field("vacancy", "fixed", "share", "vacant posts at the start", "Vakanz", "vacancy"),
    field("turnover", "fixed", "rate a year", "staff who leave", "Fluktuation", "turnover"),
    field("personnel_openness", "fixed", "share", "to unusual candidates", "Offenheit Personal", "personnel openness"),
    field("evaluation", "fixed", "share", "how far measures are evaluated", "Evaluation", "evaluation"),
    field("knowledge_management", "fixed", "share", "how far lessons and documents are kept",
          "Wissensmanagement", "knowledge management"),
    field("reflection", "fixed", "share", "hours reserved for reflection", "Reflexionszeit", "reflection"),
    field("staff", "fixed", "posts", "office posts in all", "Stellen", "staff"),
    field("base_tightness", "fixed", "share", "budget tightness outside crises", "Haushaltslage", "base tightness"),
    field("tightness", "derived", "share", "budget tightness", "Haushaltsenge", "budget tightness"),
    field("mayor_since", "state", "month", "month in which the mayor took office", "Amtsantritt", "mayor since"),
    field("lessons", "state", "share", "stock of lessons learned", "Lernstand", "lessons", "L"),
    field("reflection_held", "derived", "share", "reflection held over planned", "Gehaltene Reflexion", "reflection held"),
)  # fmt: skip

TASK: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("kind", "index", "index", "kind of task", "Art", "kind"),
    field("base_need", "fixed", "share", "need outside shocks", "Grundbedarf", "base need", "n_0"),
    field("base_salience", "fixed", "share", "public attention outside shocks", "Grundaufmerksamkeit", "base salience", "S_0"),
    field("knowledge", "fixed", "share", "mean subject knowledge at the start", "Anfangswissen", "initial knowledge"),
    field("process_knowledge", "fixed", "share", "mean process knowledge at the start",
          "Anfängliches Verfahrenswissen", "initial process knowledge"),
    field("practice", "fixed", "share", "mean practice at the start", "Anfangspraxis", "initial practice"),
    field("mandate", "state", "share", "1 if a duty by law", "Pflichtaufgabe", "mandate"),
    field("salience", "derived", "share", "attention in politics and public", "Aufmerksamkeit", "salience", "S"),
    field("pressure", "derived", "share", "pressure by civil society", "Druck", "pressure", "P"),
    field("belief", "state", "share", "what the city believes the work achieves", "Wirkungsglaube", "belief", "μ"),
    field("mean_practice", "derived", "share", "weighted practice", "Praxis", "mean practice", "p̄"),
    field("mean_gap", "derived", "share", "mean of relevance times gap to need", "Bedarfslücke", "mean gap to need"),
    field("issues", "state", "issues", "worked out and waiting for a decision", "Offene Fragen", "pending issues", "I"),
)  # fmt: skip

DEPARTMENT: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("division", "index", "index", "its division", "Dezernat", "division"),
    field("breadth", "fixed", "functions", "functions united in it", "Aufgabenbreite", "breadth"),
    field("staff", "fixed", "posts", "office posts", "Stellen", "staff", "N"),
    field("load_factor", "fixed", "factor", "workload relative to others", "Lastfaktor", "load factor"),
    field("base_demand", "fixed", "share of capacity", "regular work", "Regelaufgaben", "regular work", "w_0"),
    field("noise", "state", "number", "slow swing of regular work", "Schwankung", "swing of work", "ε"),
    field("filled", "state", "share", "posts that are filled", "Besetzung", "filled posts", "F"),
    field("shock", "derived", "number", "work a shock brings", "Krisenlast", "shock load"),
    field("relief", "derived", "share of capacity", "work taken off", "Arbeitsabnahme", "relief"),
    field("released", "derived", "share of capacity", "own staff freed for the task", "Freigestellte", "released staff"),
    field("task_work", "derived", "share of capacity", "work for cross-cutting tasks", "Querschnittsarbeit", "task work"),
    field("workload", "derived", "share of capacity", "demand over filled capacity", "Arbeitslast", "workload", "w"),
    field("hours", "derived", "hours a month", "that its staff have", "Stunden", "hours"),
    field("task_hours", "derived", "hours a month", "that it can give to cross-cutting tasks",
          "Stunden für Querschnittsaufgaben", "hours for the tasks"),
    field("spent", "derived", "hours a month", "spent on cross-cutting tasks", "Aufgewendete Stunden", "hours spent"),
    field("spent_before", "derived", "hours a month", "spent in the month before", "Stunden im Vormonat",
          "hours spent before"),
)  # fmt: skip

STANCE: tuple[Field, ...] = (
    field("relevance", "fixed", "share", "how far the task concerns it", "Betroffenheit", "relevance", "ρ"),
    field("contact", "fixed", "share", "direct contact with those concerned", "Kontakt", "contact"),
    field("exposure", "fixed", "share", "how hard shocks of the task strike", "Exposition", "exposure"),
    field("weight", "fixed", "share", "relevance times staff, normalised", "Gewicht", "weight", "ω"),
    field("base_need", "fixed", "share", "need outside shocks", "Grundbedarf", "base need", "n_0"),
    field("culture", "fixed", "share", "openness of its own culture", "Eigene Kultur", "own culture", "o_0"),
    field("need", "derived", "share", "what it would have to do", "Bedarf", "need", "n"),
    field("knowledge", "state", "share", "subject knowledge", "Fachwissen", "knowledge", "e"),
    field("process_knowledge", "state", "share", "knowledge of procedures", "Verfahrenswissen", "process knowledge", "h"),
    field("chain_knowledge", "state", "share", "knowledge of whole processes", "Prozesskettenwissen", "chain knowledge", "e_c"),
    field("openness", "state", "share", "willingness of its own", "Offenheit", "openness", "o"),
    field("commitment", "state", "share", "what papers promise", "Zusage", "commitment", "c"),
    field("concreteness", "state", "share", "of the paper, for daily work", "Konkretheit", "concreteness"),
    field("binding", "state", "share", "binding force of the paper", "Bindungskraft", "binding", "B"),
    field("half_life", "state", "months", "of the paper's binding force", "Halbwertszeit der Bindung", "half-life"),
    field("drafted", "state", "share", "part taken in drafting", "Mitarbeit am Konzept", "part in drafting"),
    field("arranged", "state", "share", "standing arrangements with other offices", "Vereinbarungen", "arrangements"),
    field("considered", "state", "share", "cases in which the task is considered", "Berücksichtigung", "considered", "q"),
    field("practice", "state", "share", "cases in which the task is done", "Praxis", "practice", "p"),
    field("routine", "state", "share", "practice that needs no thought", "Routine", "routine", "r"),
    field("reached", "state", "month", "last month in which the unit reached it", "Zuletzt erreicht", "last reached"),
    field("backing", "derived", "share", "by superiors", "Rückhalt", "backing", "b⁺"),
    field("blocking", "derived", "share", "by superiors", "Blockade", "blocking", "b⁻"),
    field("granted", "derived", "share of capacity", "time its superiors grant", "Gewährte Zeit", "granted time"),
    field("own_shock", "derived", "number", "work of shocks that is about this task", "Krisenarbeit an der Aufgabe",
          "shock work on the task"),
    field("time", "derived", "share", "time for the task", "Zeit", "time", "T"),
    field("asked", "derived", "share", "1 if it asks for a unit at an occasion", "Anfrage", "request"),
    field("outreach", "derived", "hours a month", "of contact with the unit", "Ansprache", "outreach"),
    field("cases", "derived", "hours a month", "of contact at the right moment, on cases", "Arbeit an Fällen",
          "work on cases"),
    field("exchange", "derived", "hours a month", "of exchange in formats", "Austausch", "exchange"),
    field("source", "derived", "hours a month", "exchange times the knowledge met there", "Quelle", "source"),
    field("process_source", "derived", "hours a month", "exchange times the know-how met there",
          "Quelle für Verfahren", "process source"),
    field("peer_hours", "derived", "hours a month", "in which views were exchanged", "Meinungsaustausch", "peer hours"),
    field("peer_openness", "derived", "hours a month", "peer hours times openness met", "Offenheit der anderen",
          "peer openness"),
    field("gate", "derived", "share", "cases that pass a check", "Prüfung", "gate"),
    field("decided", "derived", "share", "of what was pending is settled", "Entschieden", "decided"),
    field("friction", "derived", "share", "double contact by rival structures", "Reibung", "friction"),
    field("ordered", "derived", "share", "attendance ordered from above", "Anordnung", "ordered attendance"),
    field("motivation", "derived", "share", "willingness in all", "Bereitschaft", "motivation", "M"),
    field("ability", "derived", "share", "usable knowledge", "Können", "ability", "K"),
    field("target", "derived", "share", "practice that inputs would carry", "Zielpraxis", "target practice", "p*"),
)  # fmt: skip

LEADER: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("division", "index", "index", "the division led, or -1", "Dezernat", "division"),
    field("base_demands", "fixed", "ratio", "competing demands outside shocks", "Grundanforderungen", "base demands", "D_0"),
    field("authority", "fixed", "share", "over the whole house", "Durchgriff", "authority"),
    field("co_responsibility", "fixed", "share", "shares responsibility", "Mitverantwortung", "co-responsibility"),
    field("transparency", "fixed", "share", "explains decisions", "Transparenz", "transparency"),
    field("term", "fixed", "months", "of office", "Amtszeit", "term"),
    field("next_election", "state", "month", "next election", "Nächste Wahl", "next election"),
    field("reelection", "fixed", "share", "chance to be confirmed", "Wiederwahl", "chance of re-election"),
    field("knowledge", "state", "share", "of the tasks", "Fachkenntnis", "knowledge", "e_l"),
    field("workload", "derived", "ratio", "competing demands on attention", "Anforderungen", "demands", "D"),
)  # fmt: skip

SUPPORT: tuple[Field, ...] = (
    field("disposition", "state", "number", "own leaning in this term", "Grundhaltung", "disposition", "s_0"),
    field("support", "state", "signed share", "support of the task", "Unterstützung", "support", "s"),
    field("attention", "derived", "share", "attention to the task", "Aufmerksamkeit", "attention", "α"),
)  # fmt: skip

UNIT: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("level", "index", "index", "1 at a leader of the house, 2 in a division, 3 in a department", "Ebene", "level"),
    field("leader", "index", "index", "the leader above", "Vorgesetzte Stelle", "leader above"),
    field("division", "index", "index", "its division, or -1", "Dezernat", "division"),
    field("department", "index", "index", "its department, or -1", "Amt", "department"),
    field("policy", "index", "index", "order of outreach: 0 need, 1 relevance, 2 random", "Ansprache", "outreach policy"),
    field("has_head", "state", "share", "1 if it has a head of its own", "Leitungsstelle", "head of its own"),
    field("mediation", "fixed", "share", "skill to mediate", "Vermittlung", "mediation"),
    field("handover", "fixed", "share", "knowledge kept when somebody leaves", "Übergabe", "handover"),
    field("coordination", "fixed", "share", "with other structures for the task", "Abstimmung", "coordination"),
    field("newcomer_knowledge", "fixed", "share", "subject knowledge of whom it hires", "Anfangswissen", "newcomers"),
    field("base_overview", "fixed", "share", "overview at the start", "Anfangsüberblick", "initial overview"),
    field("posts", "derived", "posts", "funded posts", "Stellen", "posts", "N_u"),
    field("filled", "derived", "posts", "filled posts", "Besetzte Stellen", "filled posts", "F_u"),
    field("hours", "derived", "hours a month", "its staff have for the work", "Stunden", "hours"),
    field("hours_needed", "derived", "hours a month", "the work would take", "Benötigte Stunden", "hours needed"),
    field("workload", "derived", "ratio", "hours needed over hours", "Arbeitslast", "workload", "w_u"),
    field("spent", "derived", "hours a month", "spent", "Aufgewendete Stunden", "hours spent"),
    field("noticed", "derived", "share", "of what departments write, read by it", "Wahrgenommen", "noticed"),
    field("knowledge", "state", "share", "of the tasks", "Fachwissen", "knowledge", "e_u"),
    field("overview", "state", "share", "of the departments' work", "Überblick", "overview", "v"),
    field("recognition", "state", "share", "Anerkennung und Akzeptanz", "Anerkennung", "recognition", "a"),
)  # fmt: skip

RELATION: tuple[Field, ...] = (
    field("familiarity", "state", "share", "how well department and unit know each other", "Vertrautheit", "familiarity", "V"),
    field("agreed", "state", "share", "direct channel that leaders agreed", "Vereinbarter Dienstweg", "agreed channel", "A"),
)  # fmt: skip

POST: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("unit", "index", "index", "its unit", "Einheit", "unit"),
    field("phase", "index", "index", "its funding phase", "Förderphase", "funding phase"),
    field("rank", "index", "index", "number within the phase", "Nummer", "number"),
    field("extent", "derived", "posts", "part of a full post", "Stellenanteil", "extent"),
    field("occupied", "state", "share", "1 if filled", "Besetzt", "occupied"),
    field("tenure", "state", "months", "since it was filled", "Amtsdauer", "tenure"),
)  # fmt: skip

PHASE: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("unit", "index", "index", "its unit", "Einheit", "unit"),
    field("after", "index", "index", "0 decide, 1 end, 2 continue", "Danach", "afterwards"),
    field("posts", "fixed", "posts", "it pays for", "Stellen", "posts"),
    field("start", "fixed", "month", "first month", "Beginn", "start"),
    field("duration", "fixed", "months", "infinite if permanent", "Dauer", "duration"),
    field("own_share", "state", "share", "the city pays", "Eigenanteil", "own share"),
    field("end", "state", "month", "first month without it", "Ende", "end"),
    field("active", "derived", "share", "1 while it runs", "Läuft", "active"),
)  # fmt: skip

FORMAT: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("owner_kind", "index", "index", "0 none, 1 unit, 2 leader, 3 civil society", "Träger", "kind of owner"),
    field("owner", "index", "index", "index of the owner", "Träger", "owner"),
    field("rank", "index", "index", "0 staff, 1 heads, 2 mixed", "Rang", "rank"),
    field("voluntary", "fixed", "share", "1 if nobody has to come", "Freiwillig", "voluntary"),
    field("embedded", "fixed", "share", "1 if part of routine", "Verankert", "embedded"),
    field("start", "fixed", "month", "first month", "Beginn", "start"),
    field("end", "fixed", "month", "first month without it", "Ende", "end"),
    field("interval", "fixed", "weeks", "between meetings", "Abstand", "interval"),
    field("duration", "fixed", "hours", "of a meeting, for each member", "Dauer", "hours of a meeting"),
    field("coordination", "fixed", "hours", "of the owner for a meeting", "Koordination", "hours of coordination"),
    field("source_knowledge", "fixed", "share", "brought in from outside", "Externes Wissen", "knowledge from outside"),
    field("meet", "fixed", "share", "exchange of views", "Austausch", "meet"),
    field("learn", "fixed", "share", "exchange of knowledge", "Lernen", "learn"),
    field("decide", "fixed", "share", "decisions", "Entscheiden", "decide"),
    field("draft", "fixed", "share", "work on a paper", "Erarbeiten", "draft"),
    field("check", "fixed", "share", "cases have to pass it", "Prüfen", "gate"),
    field("tie", "fixed", "share", "lasting channels", "Vernetzen", "tie"),
    field("relieve_posts", "fixed", "posts", "that take work off members", "Entlastende Stellen", "relieving posts"),
    field("release_posts", "fixed", "posts", "of the members' own staff freed for the task",
          "Freigestellte Stellen", "released posts"),
    field("quality", "state", "share", "of preparation and moderation", "Qualität", "quality", "Q"),
    field("due", "state", "meetings", "share of the next meeting that has come due", "Fällig", "due"),
    field("meetings", "derived", "meetings", "this month", "Sitzungen", "meetings"),
    field("served", "derived", "share", "of the coordination it needs", "Betreuung", "served"),
)  # fmt: skip

GROUP: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("start", "fixed", "month", "first month", "Beginn", "start"),
    field("end", "fixed", "month", "first month without it", "Ende", "end"),
    field("present", "derived", "share", "1 while it is there", "Aktiv", "present"),
    field("expertise", "state", "share", "knowledge of the tasks", "Fachwissen", "knowledge", "e_g"),
    field("base_engagement", "fixed", "share", "engagement of fresh volunteers", "Grundengagement", "base engagement"),
    field("engagement", "state", "share", "willingness to go on", "Engagement", "openness", "o_g"),
    field("volunteer_hours", "fixed", "hours a month", "volunteers have at full engagement", "Ehrenamtsstunden",
          "volunteer hours"),
    field("spent", "derived", "hours a month", "spent", "Aufgewendete Stunden", "hours spent"),
    field("asked", "derived", "hours a month", "asked of them", "Erbetene Stunden", "hours asked"),
    field("workload", "derived", "ratio", "hours asked over hours they have", "Arbeitslast", "workload", "w_g"),
    field("recognition", "state", "share", "of their work", "Anerkennung", "recognition", "a_g"),
    field("base_pressure", "fixed", "share", "pressure they can make", "Druckpotenzial", "base pressure"),
    field("pressure", "derived", "share", "on politics", "Druck", "pressure", "P_g"),
    field("hearing_right", "fixed", "share", "1 if heard in the council", "Anhörungsrecht", "hearing right"),
    field("warning", "derived", "share", "early warning of need", "Frühwarnung", "early warning"),
)  # fmt: skip

TIE: tuple[Field, ...] = (
    field("department", "index", "index", "the other department", "Amt", "department"),
    field("strength", "state", "share", "of the informal channel", "Stärke", "strength", "W"),
    field("origin", "fixed", "share", "strength at the start", "Anfangsstärke", "initial strength"),
    field("agreed", "state", "share", "cooperation agreed in formats", "Vereinbarung", "agreed cooperation", "A_t"),
)  # fmt: skip

MEMBER: tuple[Field, ...] = (
    field("format", "index", "index", "the format", "Format", "format"),
    field("department", "index", "index", "the member", "Amt", "department"),
    field("attendance", "derived", "share", "last month", "Teilnahme", "attendance"),
)  # fmt: skip

CHAIN: tuple[Field, ...] = (
    field("task", "index", "index", "its task", "Aufgabe", "task"),
    field("first", "index", "index", "its first link", "Anfang", "first link"),
    field("length", "index", "index", "number of departments", "Länge", "length"),
    field("weight", "fixed", "weight", "among the chains of its task", "Gewicht", "weight", "ω_c"),
    field("copies", "fixed", "chains", "of this process, which share the weight", "Kopien", "copies"),
)  # fmt: skip

LINK: tuple[Field, ...] = (
    field("department", "index", "index", "the department of this step", "Amt", "department"),
    field("tie", "index", "index", "the tie to the next step, or -1", "Verbindung", "tie"),
)  # fmt: skip

CONCEPT: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("adopted", "fixed", "month", "month of adoption", "Beschluss", "adopted"),
    field("ambition", "fixed", "share", "what it promises", "Anspruch", "ambition"),
    field("concreteness", "fixed", "share", "for daily work", "Konkretheit", "concreteness"),
    field("council", "fixed", "share", "1 if the council decided it", "Ratsbeschluss", "by council"),
)  # fmt: skip

EVENT: tuple[Field, ...] = (
    field("slot", "index", "index", "lasting identity", "Kennung", "slot"),
    field("kind", "index", "index", "place in EVENT_KINDS", "Art", "kind"),
    field("subject", "index", "index", "leader, unit, task or division it is about, or -1", "Gegenstand", "subject"),
    field("level", "index", "index", "new level of a unit, or -1", "Ebene", "level"),
    field("leader", "index", "index", "new leader above a unit, or -1", "Leitung", "leader"),
    field("division", "index", "index", "new division, or -1", "Dezernat", "division"),
    field("department", "index", "index", "new department, or -1", "Amt", "department"),
    field("date", "fixed", "month", "month", "Datum", "date"),
    field("need", "fixed", "number", "rise of need", "Bedarf", "need"),
    field("workload", "fixed", "number", "rise of work", "Arbeitslast", "workload"),
    field("salience", "fixed", "number", "rise of attention", "Aufmerksamkeit", "salience"),
    field("need_half_life", "fixed", "months", "of the need", "Halbwertszeit Bedarf", "half-life of need"),
    field("workload_half_life", "fixed", "months", "of the work", "Halbwertszeit Arbeit", "half-life of work"),
    field("salience_half_life", "fixed", "months", "of the attention", "Halbwertszeit Aufmerksamkeit",
          "half-life of attention"),
    field("value", "fixed", "number", "support, chance, share, tightness, strength", "Wert", "value"),
    field("flag", "fixed", "number", "1 if the value is given, or a unit has a head", "Merker", "flag"),
)  # fmt: skip

STRIKE: tuple[Field, ...] = (
    field("event", "index", "index", "the shock or re-cut", "Ereignis", "event"),
    field("department", "index", "index", "the department", "Amt", "department"),
    field("exposure", "fixed", "share", "how hard it is struck", "Exposition", "exposure"),
)  # fmt: skip
