/** What the service says of a value, which it says in English: the pattern of each sentence, and what it is in German. */
const reasons: readonly (readonly [RegExp, string])[] = [
    [/^is required with a message$/, "ist nötig, wo es eine Nachricht gibt"],
    [/^is required, since no order was found in the ticket$/, "ist nötig, da im Ticket keine Bestellung steht"],
    [/^is required when source or channel is freshdesk or tiktok$/, "ist nötig, wenn Quelle oder Kanal freshdesk oder tiktok ist"],
    [/^is required$|^must not be (null|empty)$|^must have a value$/, "fehlt"],
    [/^must be an e-mail address$/, "muss eine E-Mail-Adresse sein"],
    [/^must be at most ([\d,]+) characters long$/, "darf höchstens $1 Zeichen haben"],
    [/^must be at least (\d+) characters long$/, "muss mindestens $1 Zeichen haben"],
    [/^must have at most ([\d,]+) (?:elements|values)$/, "darf höchstens $1 Einträge haben"],
    [/^must be one of:? (.*)$/, "muss eines davon sein: $1"],
    [/^must be an integer from ([\d,]+) to ([\d,]+)$/, "muss eine ganze Zahl von $1 bis $2 sein"],
    [/^must be a number from 0 to 1,000,000,000 with at most two decimals$/, "muss eine Zahl von 0 bis 1.000.000.000 mit höchstens zwei Nachkommastellen sein"],
    [/^must be a currency of ISO 4217, such as EUR$/, "muss eine Währung nach ISO 4217 sein, wie EUR"],
    [/^must have an amount and a currency$/, "braucht einen Betrag und eine Währung"],
    [/^must be an ISO 8601 date or date-time between the years (\d+) and (\d+)$/, "muss eine Zeit zwischen den Jahren $1 und $2 sein"],
    [/^must not be after .*$/, "darf nicht nach dem Ende liegen"],
    [/^must not contain control characters.*$/, "darf keine Steuerzeichen enthalten"],
    [/^must not contain a comma$/, "darf kein Komma enthalten"],
    [/^must be an issue of the same order$/, "muss zur selben Bestellung gehören"],
];

/** The sentence in German; as it is where it isn't known here. */
export function inGerman(reason: string): string {
    const [pattern, text] = reasons.find(([each]) => each.test(reason)) ?? [reason, reason];
    return reason.replace(pattern, text);
}
