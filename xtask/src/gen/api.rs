//! The model of HPy's API: the context's members in order, the slots, and the signatures of functions.

use super::cdecl::Function;
use super::overrides;

/// One member of the context behind its head.
#[derive(Clone, Debug)]
pub(crate) enum Member {
    /// A handle: `h_None`.
    Handle(String),
    /// A function, as the table has it.
    Function(TableFunction),
}

/// A function of the context.
#[derive(Clone, Debug)]
pub(crate) struct TableFunction {
    /// Its name in the table: `ctx_Add`.
    pub(crate) member: String,
    /// Its public declaration, corrected to what the table returns.
    pub(crate) declaration: Function,
}

/// A slot of a type or module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) number: u32,
    /// Of its implementation: `HPyFunc_UNARYFUNC`.
    pub(crate) signature: String,
    /// Is it later than HPy 0.9.0?
    pub(crate) later: bool,
}

impl Member {
    pub(crate) fn name(&self) -> &str {
        match self {
            Member::Handle(name) => name,
            Member::Function(function) => &function.member,
        }
    }
}

/// Everything that is generated from.
#[derive(Debug)]
pub(crate) struct Api {
    /// By id: the ones of 0.9.0, then the later ones.
    pub(crate) members: Vec<Member>,
    /// How many of them HPy 0.9.0 has.
    pub(crate) old: usize,
    /// By number.
    pub(crate) slots: Vec<Slot>,
    /// Signatures of implementations: name (`noargs`) and declaration.
    pub(crate) signatures: Vec<(String, Function)>,
}

impl Api {
    pub(crate) fn parse(header: &str) -> Result<Api, String> {
        let text = strip_comments(header);
        let mut by_id: Vec<Option<Member>> = Vec::new();
        let mut add = |id: usize, declaration: &str| -> Result<(), String> {
            if by_id.len() <= id {
                by_id.resize(id + 1, None);
            }
            if by_id[id].is_some() {
                return Err(format!("two members have the id {id}"));
            }
            by_id[id] = Some(member(declaration)?);
            Ok(())
        };
        for (at, _) in text.match_indices("HPy_ID(") {
            let rest = &text[at + "HPy_ID(".len()..];
            let (id, rest) = rest.split_once(')').ok_or("HPy_ID without an end")?;
            let id = id.trim().parse::<usize>().map_err(|e| format!("HPy_ID({id}): {e}"))?;
            let (declaration, _) = rest.split_once(';').ok_or("a declaration without an end")?;
            add(id, declaration)?;
        }
        if let Some(declaration) = text.split(';').find(|text| is_member(text) && !text.contains("HPy_ID(")) {
            return Err(format!("{:?} has no id", declaration.trim()));
        }
        let old = by_id.len();
        let mut members = Vec::new();
        for (id, member) in by_id.into_iter().enumerate() {
            members.push(member.ok_or_else(|| format!("no member has the id {id}"))?);
        }
        for declaration in overrides::LATER_MEMBERS {
            members.push(member(declaration)?);
        }
        let slots = slots(&text)?;
        let signatures = signatures(&text)?;
        Ok(Api { members, old, slots, signatures })
    }

    /// The members in PyPy's order.
    pub(crate) fn members_of_pypy(&self) -> Vec<&Member> {
        let mut members: Vec<&Member> = self.members.iter().collect();
        let moved = members.remove(self.old);
        members.insert(overrides::PYPY_DICT_TYPE, moved);
        members
    }
}

/// Does a declaration stand for a member of the context?
fn is_member(declaration: &str) -> bool {
    let handle = declaration.lines().any(|line| line.trim_start().starts_with("HPy h_"));
    handle || (declaration.contains("(HPyContext *ctx") && !declaration.contains("typedef"))
}

fn member(declaration: &str) -> Result<Member, String> {
    let declaration = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
    match declaration.strip_prefix("HPy h_") {
        Some(name) => Ok(Member::Handle(format!("h_{name}"))),
        None => {
            let declaration = overrides::correct(Function::parse(&declaration)?)?;
            Ok(Member::Function(TableFunction {
                member: overrides::member_name(&declaration.name),
                declaration,
            }))
        }
    }
}

fn slots(text: &str) -> Result<Vec<Slot>, String> {
    let mut slots = Vec::new();
    for line in text.lines() {
        let Some((name, rest)) = line.trim().split_once(" = SLOT(") else { continue };
        let (number, signature) = rest.split_once(',').ok_or_else(|| format!("{line:?} is no slot"))?;
        let number = number.trim().parse().map_err(|e| format!("{line:?}: {e}"))?;
        let signature = signature.trim().trim_end_matches(',').trim_end_matches(')').trim().to_owned();
        slots.push(Slot { name: name.trim().to_owned(), number, signature, later: false });
    }
    for (name, number, signature) in overrides::LATER_SLOTS {
        let (name, signature) = ((*name).to_owned(), (*signature).to_owned());
        slots.push(Slot { name, number: *number, signature, later: true });
    }
    slots.sort_by_key(|slot| slot.number);
    Ok(slots)
}

fn signatures(text: &str) -> Result<Vec<(String, Function)>, String> {
    let mut signatures = Vec::new();
    for (at, _) in text.match_indices("typedef ") {
        let (declaration, _) =
            text[at + "typedef ".len()..].split_once(';').ok_or("a typedef without an end")?;
        let Some((ret, rest)) = declaration.split_once("(*HPyFunc_") else { continue };
        let (name, params) = rest.split_once(')').ok_or("a typedef without a name")?;
        let params = params.split_whitespace().collect::<Vec<_>>().join(" ");
        signatures.push((name.to_owned(), Function::parse(&format!("{ret} {name}{params}"))?));
    }
    Ok(signatures)
}

fn strip_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: &str = "/* HPy_ID(9) */ HPy_ID(1) HPy h_B; // HPy_ID(8)\nHPy_ID(0)\nHPy HPy_Add(HPyContext *ctx,\n HPy a, HPy);\n";

    #[test]
    fn members_stand_in_the_order_of_their_ids() {
        let api = Api::parse(TINY).unwrap();
        let names: Vec<&str> = api.members.iter().map(Member::name).take(2).collect();
        assert_eq!(names, ["ctx_Add", "h_B"]);
        assert_eq!(api.old, 2);
        assert_eq!(api.members.len(), 2 + overrides::LATER_MEMBERS.len());
    }

    #[test]
    fn a_gap_or_a_repeated_id_is_an_error() {
        assert!(Api::parse("HPy_ID(1) HPy h_B;").unwrap_err().contains("no member has the id 0"));
        assert!(Api::parse("HPy_ID(0) HPy h_A; HPy_ID(0) HPy h_B;").unwrap_err().contains("two members"));
    }

    #[test]
    fn a_missing_id_is_an_error() {
        let error = |text: &str| Api::parse(text).unwrap_err();
        assert_eq!(error("HPy_ID(0) HPy h_A;\nHPy h_B;"), "\"HPy h_B\" has no id");
        let function = "HPy HPy_Add(HPyContext *ctx, HPy a)";
        assert_eq!(error(&format!("HPy_ID(0) HPy h_A;\n{function};")), format!("{function:?} has no id"));
    }

    #[test]
    fn slots_and_signatures() {
        let api = Api::parse("HPy_nb_add = SLOT(7, HPyFunc_BINARYFUNC),\n//HPy_x = SLOT(8, X),\ntypedef int (*HPyFunc_inquiry)(HPyContext *ctx, HPy);").unwrap();
        let (name, signature) = ("HPy_nb_add".to_owned(), "HPyFunc_BINARYFUNC".to_owned());
        assert_eq!(api.slots[0], Slot { name, number: 7, signature, later: false });
        assert_eq!(api.signatures[0].0, "inquiry");
    }
}
