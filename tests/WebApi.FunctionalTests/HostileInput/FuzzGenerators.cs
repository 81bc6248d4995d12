using FsCheck;
using FsCheck.Fluent;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>Random input, and simpler input of the same kind.</summary>
internal static class FuzzGenerators
{
    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Elements("0", "-0", "-1", "1.5", "1e309", "-1e309", "1e-400", "9007199254740993", "2147483648", "1E+2", "01", "NaN"),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => $"{number}"),
        Gen.Choose(1, 40).Select(digits => new string('7', digits)));

    private static readonly Gen<string> Text = Some(5, Gen.OneOf(
        Some(10, Gen.Choose(' ', '~').Select(c => $"{(char)c}")),
        Gen.Choose(0, 0x9F).Select(c => $"{(char)c}"),
        Gen.Choose(0, 0xFFFF).Select(c => $"{(char)c}"),
        Gen.Choose(0xD800, 0xDFFF).Select(c => $"{(char)c}"),
        Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32),
        Gen.Choose(1, 40).Select(marks => $"e{new string('\u0301', marks)}"),
        Gen.Choose(1, 400).Select(length => new string('x', length)),
        Gen.Elements(" ", "\t", "\r\n", "\u00A0", "$gt", "__proto__", "open", "freshdesk", "email-", "a@b.c", "2025-11-20", "3")));

    private static readonly Gen<string> Texts =
        from text in Text
        from escapes in Gen.Elements(true, false)
        select $"\"{string.Concat(text.Select(c => escapes || MustBeEscaped(c) ? $"\\u{(int)c:x4}" : $"{c}"))}\"";

    private static readonly Gen<string> Simple = Gen.Frequency(
        (4, Texts),
        (2, Numbers),
        (2, Gen.Elements("null", "true", "false", "{}", "[]", "[null]", "{\"$gt\":\"\"}", "'a'", "undefined", "")));

    private static readonly Gen<string> Keys = Gen.OneOf(
        Texts,
        Gen.Elements("OrderId", "status", "sku", "qty", "message", "$gt", "__proto__", "_id", "issueId").Select(key => $"\"{key}\""));

    /// <summary>Bodies of these operations.</summary>
    public static Arbitrary<FuzzBody> Bodies(IReadOnlyList<DescribedOperation> operations)
    {
        var replacement =
            from place in Gen.Choose(0, 1000)
            from key in Gen.Frequency((9, Gen.Constant<string?>(null)), (1, Text.Select(text => (string?)text)))
            from json in Json(2)
            select new FuzzBody.Replacement(place, key, json);
        var damage =
            from place in Gen.Choose(0, 2000)
            from gone in Gen.Frequency((4, Gen.Choose(0, 2)), (1, Gen.Constant(int.MaxValue / 2)))
            from bytes in UpTo(3, Gen.Choose(0, 255).Select(b => (byte)b))
            select new FuzzBody.Damage(place, gone, bytes);
        var bodies =
            from operation in Gen.Elements(operations.AsEnumerable())
            from values in UpTo(3, replacement)
            from bytes in Gen.Frequency((3, UpTo(0, damage)), (1, UpTo(3, damage)))
            select new FuzzBody(operation, values, bytes);
        return Arb.From(bodies, body =>
        [
            .. Without(body.Values).Select(values => body with { Values = values }),
            .. Without(body.Bytes).Select(bytes => body with { Bytes = bytes }),
        ]);
    }

    /// <summary>Paths of these operations, at times with this segment, which is one that they know.</summary>
    public static Arbitrary<FuzzTarget> Targets(IReadOnlyList<DescribedOperation> operations, string known)
    {
        var part = Gen.OneOf(
            Gen.Choose('!', '~').Select(c => $"{(char)c}"),
            Gen.Choose(0, 255).Select(b => $"%{b:X2}"),
            Gen.Elements("/", "..", ".", "%2F", "%25", "%2e", "%", "%zz", "?", "#", known));
        var longs = Gen.Choose(1, 3000).Select(length => new string('x', length));
        var segments = Gen.Frequency((5, Some(6, part)), (1, Gen.Constant(known)), (1, longs));
        var queries =
            from names in Gen.Elements("issueId", "source", "issueId[$gt]", "", "%00", "a")
            from values in Some(4, part)
            from others in Some(2, part)
            select $"?{names}={values}&{others}";
        var targets =
            from operation in Gen.Elements(operations.AsEnumerable())
            from segment in segments
            from query in Gen.OneOf(Gen.Constant(""), queries)
            select new FuzzTarget(operation, segment, query);
        return Arb.From(targets, target => target.Query.Length > 0 ? [target with { Query = "" }] : []);
    }

    private static Gen<string> Json(int depth)
    {
        if (depth == 0)
        {
            return Simple;
        }

        var inner = Json(depth - 1);
        return Gen.Frequency(
            (4, Simple),
            (1, UpTo(3, inner).Select(list => $"[{string.Join(',', list)}]")),
            (1, UpTo(3, Gen.Zip(Keys, inner, (key, value) => $"{key}:{value}")).Select(list => $"{{{string.Join(',', list)}}}")));
    }

    private static bool MustBeEscaped(char c) => c is < ' ' or '"' or '\\' || char.IsSurrogate(c);

    private static Gen<string> Some(int most, Gen<string> part) => UpTo(most, part).Select(string.Concat);

    private static Gen<T[]> UpTo<T>(int most, Gen<T> part) => Gen.Choose(0, most).SelectMany(count => part.ArrayOf(count));

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> list) =>
        list.Select((_, i) => (IReadOnlyList<T>)[.. list.Take(i), .. list.Skip(i + 1)]);
}
