using System.Text;
using static OrderIssues.WebApi.FunctionalTests.HostileInput.Outcome;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A value that nobody in their right mind sends, and what each kind of field makes of it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Json">The value; null where it makes no sense in that field.</param>
/// <param name="Outcomes">What becomes of it.</param>
internal sealed record HostileValue(string Name, Func<BodyField, byte[]?> Json, IReadOnlyDictionary<FieldKind, Outcome> Outcomes)
{
    private static readonly FieldKind[] Kinds = Enum.GetValues<FieldKind>();

    /// <summary>Those that take any text.</summary>
    private static readonly FieldKind[] Free = [FieldKind.Line, FieldKind.Lines, FieldKind.Order, FieldKind.Identifier];

    public static readonly IReadOnlyList<HostileValue> All =
    [
        // Values of other types: in a field for text, in an identifier, in qty, in trackingNumber, in items, as an item, as a sequence.
        Of("true", Malformed, Malformed, Malformed, Malformed, Malformed, Malformed),
        Of("null", Missing, Missing, Invalid, Missing, Missing, Invalid),
        Of("0", Malformed, Stores("\"0\""), Invalid, Stores("[\"0\"]"), Malformed, Malformed),
        Of("-1", Malformed, Malformed, Invalid, Malformed, Malformed, Malformed),
        Of("1.5", Malformed, Malformed, Invalid, Malformed, Malformed, Malformed, sequence: Malformed),
        Of("1.0", Malformed, Malformed, Stores("1"), Malformed, Malformed, Malformed, sequence: Malformed),
        Of("1e3", Malformed, Malformed, Stores("1000"), Malformed, Malformed, Malformed, sequence: Malformed),
        Of("1e-400", Malformed, Malformed, Invalid, Malformed, Malformed, Malformed, sequence: Malformed),
        Of("1e309", Malformed, Malformed, Invalid, Malformed, Malformed, Malformed, sequence: Malformed),
        .. new[] { "1000001", "2147483648", "9007199254740993" }.Select(number =>
            Of(number, Malformed, Stores($"\"{number}\""), Invalid, Stores($"[\"{number}\"]"), Malformed, Malformed) with
            {
                // As the first one, it makes the last one wrong.
                Json = field => field.Name == "from" ? null : Utf8(number),
            }),
        Of(new string('9', 129), Malformed, Invalid, Invalid, InvalidElement, Malformed, Malformed, sequence: Malformed),
        Of("{}", Malformed, Malformed, Malformed, Malformed, Malformed, InvalidParts),
        Of("""{"$gt":""}""", Malformed, Malformed, Malformed, Malformed, Malformed, InvalidParts),
        Of("""{"__proto__":{"sku":"a","qty":1}}""", Malformed, Malformed, Malformed, Malformed, Malformed, InvalidParts),
        Of("[]", Malformed, Malformed, Malformed, Stores("[]"), Stores("[]"), Malformed),
        Of("[null]", Malformed, Malformed, Malformed, InvalidElement, InvalidElement, Malformed),
        Of("[[]]", Malformed, Malformed, Malformed, Malformed, Malformed, Malformed),
        Of("""["\u0000"]""", Malformed, Malformed, Malformed, InvalidElement, Malformed, Malformed),
        Of("""[{"$gt":""}]""", Malformed, Malformed, Malformed, Malformed, InvalidPartsOfElement, Malformed),
        Of("too many", Malformed, Malformed, Malformed, Invalid, Invalid, Malformed) with { Json = TooMany },

        // Texts that break a rule wherever text is taken.
        Blanks(""),
        Blanks(""" \t\r\n """),
        Blanks("\u00A0\u3000\\u0085"),
        Refused("too long") with { Json = TooLong },
        Refused("""\u0000"""),
        Refused("""a\u0000b"""),
        Refused("""\u001b[2J"""),
        Refused("""a\u007fb"""),
        Refused("""a\u0085b"""),
        Refused("""a\tb\r\nc""", (FieldKind.Lines, Stores(""" "a\tb\r\nc" """))),
        Refused("\uFFFE"),
        Refused($"e{new string('\u0301', 31)}"),
        Refused($"e{new string('\u0301', 5_000)}") with { Name = "5,000 combining marks" },

        // Texts that are odd but texts: refused only where the field has a form of its own.
        Taken("NaN", (FieldKind.Status, Stores("\"nan\""))),
        Taken("1e309", (FieldKind.Status, Stores("\"1e309\""))),
        Taken("-1", (FieldKind.Status, Stores("\"-1\""))),
        Taken("1.5"),
        Taken("2", (FieldKind.Status, Stores("\"2\"")), (FieldKind.Quantity, Stores("2")), (FieldKind.Priority, Missing)),
        Taken("9007199254740993", (FieldKind.Status, Stores("\"9007199254740993\""))),
        Taken("\u0662", (FieldKind.Status, Stores("\"\u0662\""))),
        Taken("2025-02-30", (FieldKind.Status, Stores("\"2025-02-30\""))),
        Taken("2101-01-01T00:00:00Z"),
        Taken("freshdesk-", (FieldKind.Status, Stores("\"freshdesk-\""))),
        Taken("__proto__", (FieldKind.Status, Stores("\"__proto__\""))),
        Taken("'; DROP TABLE issues; --"),
        Taken("<script>$where ${jndi:ldap://127.0.0.1/a} %00%n=1"),
        Taken("..", (FieldKind.Order, Invalid)),
        Taken("""\\u0000"""),
        Hidden("\u202Eabc", "abc"),
        Hidden("\uFEFFabc", "abc"),
        Taken("\uFFFF"),
        Taken("\\ud83d\\ude00", "\U0001F600"),
        Taken("  e\u0301  ", "\u00E9", (FieldKind.Status, Stores("\"\u00E9\""))),

        // Unpaired surrogates, which a JSON reader minds only once somebody asks for the text.
        .. new[] { """\ud800""", """\udc00""", """\ud83dx""", """\ud83d\ud83d""", """\udc00\ud800""" }
            .Select(text => But(Broken($"\"{text}\""), [(FieldKind.Ignored, Missing)])),

        // No JSON, wherever it stands.
        Broken("NaN"), Broken("-Infinity"), Broken("undefined"), Broken("'a'"), Broken("01"), Broken("1."), Broken("\"a"),
        Broken("\"a\nb\""), Broken("\"a\0b\""), Broken("\"a\"\0"), Broken("\"a\","), Broken("[\"a\",]"), Broken("""{"a":1,}"""), Broken("[1"),
        Broken("[}"), Broken("/* comment */\"a\""), Broken("\"a\"// comment\n"), Broken("\uFEFF\"a\""),
        Broken("1000 arrays in each other", Utf8(new string('[', 1000) + new string(']', 1000))),
        Broken("1000 objects in each other", Utf8($"{string.Concat(Enumerable.Repeat("{\"a\":", 1000))}1{new string('}', 1000)}")),
        Broken("no UTF-8 at all", [0x22, 0xFF, 0xFE, 0x22]),
        Broken("an accent in Latin-1", [0x22, 0xE9, 0x22]),
        Broken("half a character", [0x22, 0xE8, 0x8A, 0x22]),
        Broken("NUL in two bytes", [0x22, 0xC0, 0x80, 0x22]),
        Broken("an unpaired surrogate in bytes", [0x22, 0xED, 0xA0, 0x80, 0x22]),
        Broken("paired surrogates in bytes", [0x22, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0x22]),
        Broken("beyond Unicode", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22]),
        Broken("no value") with { Json = field => field.Name is null ? null : [] },
        Broken("the field twice") with { Json = field => field.Name is null ? null : Utf8($"null,\"{field.Name}\":null") },
        Broken("the field twice, once escaped") with
        {
            Json = field => field.Name is null ? null : Utf8($"null,\"\\u{(int)field.Name[0]:x4}{field.Name[1..]}\":null"),
        },
    ];

    public override string ToString() => Name;

    private static HostileValue Of(
        string json, Outcome text, Outcome identifier, Outcome quantity, Outcome texts, Outcome items, Outcome item, Outcome? sequence = null) =>
        new(json, _ => Utf8(json), Kinds.ToDictionary(kind => kind, kind => kind switch
        {
            FieldKind.Order or FieldKind.Identifier => identifier,
            FieldKind.Quantity => quantity,
            FieldKind.Sequence => sequence ?? quantity,
            FieldKind.Texts => texts,
            FieldKind.Tags => texts.Stored == "[]" ? Missing : texts,
            FieldKind.Tag => identifier,
            FieldKind.Priority => identifier.Stored is null ? identifier : Invalid,
            FieldKind.Amount => AmountOf(json),
            FieldKind.Parts => json[0] == '{' ? Invalid : text,
            FieldKind.Items => items,
            FieldKind.Item => item,
            FieldKind.Ignored => Missing,
            _ => text,
        }));

    /// <summary>What becomes of a number as an amount, which has two decimals at most.</summary>
    private static Outcome AmountOf(string json) => json switch
    {
        "null" => Missing,
        "0" or "1.5" or "1000001" => Stores(json),
        "1.0" => Stores("1"),
        "1e3" => Stores("1000"),
        "1e-400" => Stores("0"),
        "-1" or "2147483648" or "9007199254740993" => Invalid,
        _ => Malformed,
    };

    private static HostileValue Refused(string text, params (FieldKind Kind, Outcome Outcome)[] exceptions) =>
        But(
            Of($"\"{text}\"", Invalid, Invalid, Invalid, InvalidElement, Malformed, Malformed, sequence: Malformed),
            [(FieldKind.Parts, Malformed), .. exceptions]);

    private static HostileValue Blanks(string text) => But(
        Refused(text), Kinds.Except([FieldKind.Quantity, FieldKind.Amount, FieldKind.Sequence, FieldKind.Item, FieldKind.Ignored]).Select(kind => (kind, Blank)));

    private static HostileValue Taken(string text, params (FieldKind Kind, Outcome Outcome)[] exceptions) => Taken(text, text, exceptions);

    private static HostileValue Taken(string text, string stored, params (FieldKind Kind, Outcome Outcome)[] exceptions) => But(
        Refused(text),
        [.. Free.Select(kind => (kind, Stores($"\"{stored}\""))), (FieldKind.Texts, Stores($"[\"{stored}\"]")),
            (FieldKind.Tag, Stores($"\"{stored.ToLowerInvariant()}\"")), (FieldKind.Tags, Stores($"[\"{stored.ToLowerInvariant()}\"]")), .. exceptions]);

    /// <summary>Holds characters that nobody sees, which identifiers don't keep.</summary>
    private static HostileValue Hidden(string text, string visible) => Taken(
        text,
        (FieldKind.Order, Stores($"\"{visible}\"")), (FieldKind.Identifier, Stores($"\"{visible}\"")), (FieldKind.Texts, Stores($"[\"{visible}\"]")));

    private static HostileValue Broken(string json) => Broken(json, Utf8(json));

    private static HostileValue Broken(string name, byte[] json) => new(name, _ => json, Kinds.ToDictionary(kind => kind, _ => Malformed));

    private static HostileValue But(HostileValue value, IEnumerable<(FieldKind Kind, Outcome Outcome)> exceptions)
    {
        var outcomes = value.Outcomes.ToDictionary();
        foreach (var (kind, outcome) in exceptions)
        {
            outcomes[kind] = outcome;
        }

        return value with { Outcomes = outcomes };
    }

    private static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    private static byte[] TooLong(BodyField field) => Utf8($"\"{new string('x', (field.MaxCharacters ?? 10_000) + 1)}\"");

    private static byte[] TooMany(BodyField field)
    {
        // Different ones, as equal tags count once.
        var elements = Enumerable.Range(0, (field.MaxElements ?? 500) + 1)
            .Select(i => field.Element.Replace("\"x\"", $"\"x{i}\"", StringComparison.Ordinal));
        return Utf8($"[{string.Join(',', elements)}]");
    }
}
