//! Words of flowcharts in the languages that people write them in: answers on the ways out of a decision, and names of
//! the places where a process starts and ends.

/// Answers, in lower case, a row a language or more.
const ANSWERS: &[&str] = &[
    // English
    "yes|no|y|n|true|false|ok|not ok|pass|passed|fail|failed|success|failure|valid|invalid|found|not found|else|otherwise",
    // German, Dutch, Danish, Swedish, Norwegian
    "ja|nein|sonst|nee|nej|nei",
    // French
    "oui|non|vrai|faux|sinon",
    // Spanish, Italian
    "sí|si|verdadero|falso",
    // Portuguese
    "sim|não|nao",
    // Polish, Czech, Slovak, Hungarian, Slovene, Romanian
    "tak|nie|ano|ne|áno|igen|nem|da|nu",
    // Russian, Ukrainian, Bulgarian
    "да|нет|так|ні|не",
    // Turkish, Indonesian, Vietnamese
    "evet|hayır|ya|tidak|có|không",
    // Finnish, Greek
    "kyllä|ei|ναι|όχι",
    // Chinese
    "是|否|有|无|對|对|错|成功|失败",
    // Japanese, Korean
    "はい|いいえ|예|네|아니오|아니요",
    // Arabic, Hebrew, Hindi
    "نعم|لا|כן|לא|हाँ|नहीं",
];

/// Names of starts and ends, likewise.
const ENDS: &[&str] = &[
    // English
    "start|begin|end|stop|finish|finished|done|exit|success|failure|fail|abort",
    // German, Dutch, Swedish
    "anfang|ende|fertig|einde|slut|beginn",
    // French, Spanish, Portuguese, Italian
    "début|fin|inicio|início|fim|inizio|fine",
    // Polish, Slovak, Czech, Hungarian
    "koniec|konec|začátek|vége|kezdet",
    // Russian, Ukrainian
    "старт|начало|конец|початок|кінець",
    // Turkish, Indonesian
    "başla|başlangıç|bitiş|son|mulai|selesai",
    // Chinese, Japanese, Korean
    "开始|结束|開始|結束|終了|시작|종료|끝",
];

/// Whether words are an answer to a question: `Yes`, `- no -`, `是`.
pub fn is_answer(text: &str) -> bool {
    holds(ANSWERS, &bare(text))
}

/// Whether a name is that of a start or an end: `Start`, `End: forwarded`.
pub fn is_end(name: &str) -> bool {
    let words = bare(name);
    holds(ENDS, words.split([':', '：']).next().unwrap_or_default().trim())
}

fn holds(rows: &[&str], word: &str) -> bool {
    rows.iter().any(|row| row.split('|').any(|known| known == word))
}

/// Lower case, without marks at the ends.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{is_answer, is_end};

    #[test]
    fn answers_and_ends_are_known_in_many_languages() {
        for answer in ["Yes", "(no)", "Да", "Nein", "oui", "Sí", "não", "nie", "是", "예", "아니오"]
        {
            assert!(is_answer(answer), "{answer}");
        }
        for end in ["Start", "End: forwarded", "开始", "Конец", "Fin"] {
            assert!(is_end(end), "{end}");
        }
        assert!(!is_answer("HTTPS") && !is_answer("no cache") && !is_end("Front end"));
    }
}
