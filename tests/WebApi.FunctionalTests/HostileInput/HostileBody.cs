using System.Text;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A body that as a whole isn't what an operation takes, or only just is.</summary>
/// <param name="Name">For people.</param>
/// <param name="Make">The body, out of a valid one.</param>
/// <param name="Code">What it is refused with; null: it is taken.</param>
/// <param name="MediaType">What it says it is.</param>
/// <param name="Coding">How it says it is compressed.</param>
/// <param name="IsChunked">It comes without a Content-Length.</param>
/// <param name="AddsKeys">It has keys that no operation knows, and is fine but for these.</param>
internal sealed record HostileBody(
    string Name,
    Func<byte[], byte[]> Make,
    string? Code,
    string? MediaType = "application/json",
    string? Coding = null,
    bool IsChunked = false,
    bool AddsKeys = false)
{
    private const int MaxBytes = 1024 * 1024;
    private const string Malformed = "malformed_body";
    private const string TooLarge = "payload_too_large";
    private const string Unsupported = "unsupported_media_type";

    public static readonly IReadOnlyList<HostileBody> All =
    [
        new("nothing", _ => [], Malformed),
        new("nothing in chunks", _ => [], Malformed, IsChunked: true),
        new("nothing of no type", _ => [], Malformed, MediaType: null),
        new("nothing of another type", _ => [], Malformed, MediaType: "text/plain"),
        .. new[]
        {
            " ", "\0", "null", "true", "1", "1e309", "NaN", "\"text\"", "[]", "{", "}", "{,}", "{'a':1}", "{a:1}", "{1:1}",
            "{\"a\"}", "{\"a\":}", "{\"a\":1", "not json", "<a/>", "a=b", "{\"a\":1,,\"b\":2}", "{\"a\":True}", "{\"a\":+1}",
            "{\"a\":.5}", "{\"a\":1e}", "{\"a\":0x10}", "{\"a\":1_000}", "{\"a\":--1}", "{\"a\":abc}", "{\"a\":\"\\x41\"}",
            "{\"a\":\"\\u12\"}", "{\"a\":[,]}", "{\"a\":\u00A01}", "{\"\\ud800\":1}",
        }.Select(text => new HostileBody(text, _ => Encoding.UTF8.GetBytes(text), Malformed)),
        Text("an array of it", valid => $"[{valid}]", Malformed),
        Text("a text of it", valid => $"\"{valid.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", Malformed),
        Text("the half of it", valid => valid[..(valid.Length / 2)], Malformed),
        Text("it without its end", valid => valid[..^1], Malformed),
        Text("it without its start", valid => valid[1..], Malformed),
        Text("it twice", valid => valid + valid, Malformed),
        Text("it and a brace", valid => valid + "}", Malformed),
        Text("it and a NUL", valid => valid + "\0", Malformed),
        Text("a trailing comma", valid => $"{valid[..^1]},}}", Malformed),
        Text("a comment before it", valid => "/* comment */" + valid, Malformed),
        Text("a comment in it", valid => $"{{ // comment\n{valid[1..]}", Malformed),
        Text("a comment after it", valid => valid + "// comment", Malformed),
        Text("a byte order mark", valid => "\uFEFF" + valid, Malformed),
        new("UTF-16", valid => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(valid)), Malformed),
        new("UTF-16 with its mark", valid => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(valid))], Malformed),
        new("UTF-32", valid => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(valid)), Malformed),
        new("no UTF-8 after it", valid => [.. valid, 0xFF], Malformed),
        new("no UTF-8 in a key", valid => [.. valid[..^1], .. ",\""u8, 0xC3, .. "\":1}"u8], Malformed),
        new("an unpaired surrogate in a key", valid => [.. valid[..^1], .. ",\""u8, 0xED, 0xA0, 0x80, .. "\":1}"u8], Malformed),
        new("random bytes", _ => [.. Enumerable.Range(0, 255).Select(i => (byte)(i * 167))], Malformed),
        new("a gzip", _ => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0xAE, 5, 0, 0x43, 0xBF, 0xA6, 0xA3, 2, 0, 0, 0], Malformed),
        Text("33 levels", valid => Nested(valid, 32), Malformed),
        Text("32 levels", valid => Nested(valid, 31), null) with { AddsKeys = true },
        Text("1,000 levels", valid => Nested(valid, 999), Malformed),
        Text("1,000 levels of objects", valid => $"{Repeat("{\"a\":", 1000)}{valid}{new string('}', 1000)}", Malformed),
        Text("300,000 brackets", _ => new string('[', 300_000), Malformed),
        Text("60,000 braces", _ => Repeat("{\"a\":", 60_000), Malformed),
        Text("blanks around it", valid => $"\r\n\t {valid}\r\n\t ", null),
        Text("10,000 keys", valid => $"{valid[..^1]}{string.Concat(Enumerable.Range(0, 10_000).Select(i => $",\"x{i}\":{i}"))}}}", null) with
        {
            AddsKeys = true,
        },
        Text("an unknown key twice", valid => $"{valid[..^1]},\"unknown\":1,\"unknown\":2}}", null) with { AddsKeys = true },

        // Larger than is taken, and as large.
        .. new[] { false, true }.SelectMany(isChunked => new[]
        {
            Text("1 MiB", valid => valid.PadRight(MaxBytes), null),
            Text("1 MiB and a byte", valid => valid.PadRight(MaxBytes + 1), TooLarge),
            Text("2 MiB", valid => $"{valid[..^1]},\"unknown\":\"{new string('x', 2 * MaxBytes)}\"}}", TooLarge),
            Text("2 MiB of nothing", _ => new string(' ', 2 * MaxBytes), TooLarge),
            Text("2 MiB of brackets", _ => new string('[', 2 * MaxBytes), TooLarge),
        }.Select(body => body with { Name = $"{body.Name}{(isChunked ? " in chunks" : "")}", IsChunked = isChunked })),
        Text("2 MiB of another type", valid => valid.PadRight(2 * MaxBytes), Unsupported) with { MediaType = "text/plain" },

        .. new[]
        {
            null, "", "nonsense", "*/*", "application/*", "text/plain", "text/json", "text/html", "application/xml", "application/json+xml",
            "application/jsonp", "application/octet-stream", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/json; charset=no-such", "application/json; charset=utf-16", "application/json; charset=utf-7",
            "application/json; charset=iso-8859-1", "application/json; charset=", "application/json, text/plain",
        }.Select(type => Text($"the type {type ?? "missing"}", valid => valid, Unsupported) with { MediaType = type }),
        .. new[] { "gzip", "br", "deflate", "identity, gzip", "nonsense" }
            .Select(coding => Text($"the coding {coding}", valid => valid, Unsupported) with { Coding = coding }),
    ];

    public override string ToString() => Name;

    private static HostileBody Text(string name, Func<string, string> make, string? code) =>
        new(name, valid => Encoding.UTF8.GetBytes(make(Encoding.UTF8.GetString(valid))), code);

    private static string Nested(string valid, int arrays) =>
        $"{valid[..^1]},\"unknown\":{new string('[', arrays)}{new string(']', arrays)}}}";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
