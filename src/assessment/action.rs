//! What somebody has promised or has to do, with a name and a date.

/// How far an action is, seen from the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Its date has passed.
    Overdue,
    /// Its date is at most 30 days away.
    DueSoon,
    /// It is to be done.
    Open,
}

impl ActionState {
    /// The word that outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Open => "open",
        }
    }
}

/// One action: what a planned or mitigated finding asks for, or one whose element has an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Id of the finding that asks for it.
    pub finding: String,
    /// Number of the finding: `G1`.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Who has to do it.
    pub owner: String,
    /// Until when, `YYYY-MM-DD`; `None` when nobody said.
    pub due: Option<String>,
    /// How far it is.
    pub state: ActionState,
    /// Why it is on the list: `planned`, `mitigated`, or `owner` of what is affected.
    pub basis: &'static str,
    /// Ticket or other reference.
    pub ticket: Option<String>,
}
