namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A path that nobody in their right mind asks for.</summary>
/// <param name="Segment">In place of the path's parameter.</param>
/// <param name="Code">What it is refused with; null: what the operation says of a thing that isn't there.</param>
internal sealed record HostilePath(string Segment, string? Code = null)
{
    private const string NoRoute = "route_not_found";

    public static readonly IReadOnlyList<HostilePath> All =
    [
        // Decoded once, each names something that isn't there.
        .. new[]
        {
            "%2F", "%2f", "%2F..%2F..", "..%2F..%2Fetc%2Fpasswd", "..%5C..", "...", "./x/.", "%252e%252e", "%2500", "%25", "%", "%%",
            "%z", "%zz", "%u0041", "%0", "a%", "%0A", "%0D%0AX-Injected:%201", "%01", "%09", "%20", "%20x%20", "+", "%7F", "\u0001",
            "\u007F", "a\tb", "%C2%85", "%E2%80%AE", "%EF%BB%BF", "%EF%BF%BE", "%EF%BF%BF", "e%CC%81", "%FF", "%FF%FE", "%C0%80",
            "%C0%AF", "%C0%AE%C0%AE", "%ED%A0%80", "%ED%B0%80", "%ED%A0%BD%ED%B8%80", "%F4%90%80%80", "%E8%8A", "-1", "0", "1.5",
            "1e309", "NaN", "null", "undefined", "true", "0x10", "9007199254740993", "99999999999999999999", "-9223372036854775809",
            "1600001%20", "%201600001", "01600001", "+1600001", "1600001.0", "1600001%25", "1600001%2F", "1600001;", "1600001,1600002",
            "%EF%BC%91600001", "getIssue%20x", "%7B%22$gt%22:%22%22%7D", "{\"$gt\":\"\"}", "$gt", "$where", "__proto__", "[]", "[0]",
            "{}", "{OrderId}", "*", "**", "~", "|", "\\", "^", "`", "\"", "'", "<>", "'%20OR%201=1--", "%27;DROP%20TABLE%20issues;--",
            "<script>", "${jndi:ldap:%2F%2F127.0.0.1%2Fa}", ";", "a;b=c", "a,b", "a=b", "a:b", "http:%2F%2F127.0.0.1", "@", "!", "a&b",
        }.Select(segment => new HostilePath(segment)),
        new(new string('x', 8_000)),
        new(string.Concat(Enumerable.Repeat("e%CC%81", 1000))),
        new(string.Concat(Enumerable.Repeat("%CC%81", 1300))),
        new(string.Concat(Enumerable.Repeat("%2F", 2_600))),

        // These aren't one segment.
        .. new[]
        {
            "", "/", "//", ".", "..", "../..", "%2e%2e", "%2E", ".%2e", "../../../etc/passwd", "%2e%2e/%2e%2e", "x/..", "x/y", "x//",
            "/x", "?issueId=x",
        }.Select(segment => new HostilePath(segment, NoRoute)),
        new(string.Concat(Enumerable.Repeat("x/", 4_000)), NoRoute),
        new(string.Concat(Enumerable.Repeat("../", 2_600)), NoRoute),
    ];

    /// <summary>What names nothing in a query either. A NUL is refused by the server in a path only.</summary>
    public static IEnumerable<string> QueryValues =>
        All.Where(path => path.Code is null).Select(path => path.Segment.Replace("&", "%26", StringComparison.Ordinal)).Concat(["", "%00", "x%00", "1600001%00", "/", "..", "?"]);
}
