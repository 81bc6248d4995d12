namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A request whose bytes no client library would send.</summary>
/// <param name="Name">For people.</param>
/// <param name="Text">The bytes, as Latin-1; <c>{method}</c> and <c>{path}</c> are the operation's, <c>{host}</c> is the header.</param>
/// <param name="Status">What it is refused with.</param>
/// <param name="Code">
/// The code of the problem, which is the body's; null: the server itself refuses it, before there is a request, and without a body.
/// </param>
internal sealed record HostileHead(string Name, string Text, int Status, string? Code = null)
{
    private const string Start = "{method} {path} HTTP/1.1\r\n";
    private const string Host = "{host}Connection: close\r\n";
    private const string Json = "Content-Type: application/json\r\n";
    private const string Body = $"{Json}Content-Length: 2\r\n\r\n{{}}";
    private const string Malformed = "malformed_body";

    public static readonly IReadOnlyList<HostileHead> All =
    [
        new("no version", "{method} {path}\r\n" + Host + Body, 400),
        new("a version that isn't", "{method} {path} HTTP/x\r\n" + Host + Body, 400),
        new("no method", " {path} HTTP/1.1\r\n" + Host + Body, 400),
        new("no target", "{method} HTTP/1.1\r\n" + Host + Body, 400),
        new("a NUL in the method", "\0" + Start + Host + Body, 400),
        new("a target that is no path", "{method} x{path} HTTP/1.1\r\n" + Host + Body, 400),
        new("a greeting for TLS", "\u0016\u0003\u0001\u0001\0\u0001\r\n\r\n", 400),

        // The only 5xx of all: what HTTP has for versions that a server doesn't speak (RFC 9110 section 15.6.6).
        new("a version to come", "{method} {path} HTTP/9.9\r\n" + Host + Body, 505),
        new("another protocol", "{method} {path} FTP/1.1\r\n" + Host + Body, 505),

        Path("%00", 400),
        Path("/%00", 400),
        Path("%00/..", 400),
        Path("\0", 400),
        Path(" x", 400),
        Path("\u00E9", 400),
        Path(new string('x', 8 * 1024), 414),

        new("no Host", Start + Body, 400),
        new("two Hosts", Start + "{host}" + Host + Body, 400),
        new("an odd Host", Start + "Host: a b\0\r\n" + Body, 400),
        Header("no colon", "nonsense"),
        Header("no name", ": x"),
        Header("a blank before the colon", "X : x"),
        Header("a folded line", "X: x\r\n y"),
        Header("a NUL", "X: \0"),
        Header("a bare line end", "X: a\rb"),
        Header("33 KiB", $"X: {new string('x', 33 * 1024)}", 431),
        Header("101 of them", string.Join("\r\n", Enumerable.Range(0, 101).Select(i => $"X{i}: x")), 431),

        Framing("a length below zero", "Content-Length: -1", 400),
        Framing("a length that is no number", "Content-Length: 1e3", 400),
        Framing("a length beyond numbers", "Content-Length: 99999999999999999999", 400),
        Framing("two lengths", "Content-Length: 2\r\nContent-Length: 3", 400),
        Framing("an unknown framing", "Transfer-Encoding: nonsense", 400),
        Framing("chunks in a gzip", "Transfer-Encoding: chunked, gzip", 400),
        Framing("a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked", 400, Malformed),
        Framing("no length", "X: x", 400, Malformed),
        Framing("99 GB to come", "Content-Length: 99999999999", 413, "payload_too_large"),

        Chunks("chunks that aren't", "5\r\n{\"a\"\r\nnonsense\r\n"),
        Chunks("a chunk beyond numbers", "ffffffffffffffff\r\n{}"),
        Chunks("a chunk below zero", "-1\r\n{}\r\n0\r\n\r\n"),
        Chunks("a chunk without a length", "\r\n{}\r\n0\r\n\r\n"),
        Chunks("a chunk longer than it says", "1\r\n{}\r\n0\r\n\r\n"),
    ];

    /// <summary>Bodies are read by some operations only.</summary>
    public bool IsFor(DescribedOperation operation) => Code is null || operation.TakesBody;

    public string Make(DescribedOperation operation, string authority) => Text
        .Replace("{method}", operation.Method.Method, StringComparison.Ordinal)
        .Replace("{path}", operation.PathTo(operation.Name), StringComparison.Ordinal)
        .Replace("{host}", $"Host: {authority}\r\n", StringComparison.Ordinal);

    public override string ToString() => Name;

    private static HostileHead Path(string end, int status) =>
        new($"a path that ends in {end}", $"{{method}} {{path}}{end} HTTP/1.1\r\n{Host}{Body}", status);

    private static HostileHead Header(string name, string line, int status = 400) =>
        new($"a header: {name}", $"{Start}{Host}{line}\r\n{Body}", status);

    private static HostileHead Framing(string name, string line, int status, string? code = null) =>
        new(name, $"{Start}{Host}{Json}{line}\r\n\r\n{{}}", status, code);

    private static HostileHead Chunks(string name, string chunks) =>
        new(name, $"{Start}{Host}{Json}Transfer-Encoding: chunked\r\n\r\n{chunks}", 400, Malformed);
}
