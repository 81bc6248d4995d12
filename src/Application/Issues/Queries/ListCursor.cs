using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Position in a list as text, tied to filter and sort.</summary>
/// <remarks>A forged cursor leads to another position of a list that its caller may read anyway, so the digest needs no key.</remarks>
internal static partial class ListCursor
{
    private const int DigestBytes = 12;
    private static readonly long MinTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string Write(IssuePosition position, string sort, IssueFilter filter)
    {
        var place = $"{position.Time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}.{position.Id}";
        return Base64Url.EncodeToString([.. Digest(place, sort, filter), .. Encoding.ASCII.GetBytes(place)]);
    }

    /// <summary>Reads the list's cursor; null for other text.</summary>
    public static IssuePosition? Read(string cursor, string sort, IssueFilter filter)
    {
        if (!Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: > DigestBytes } bytes)
        {
            return null;
        }

        var place = Encoding.ASCII.GetString(bytes.AsSpan(DigestBytes));
        if (!bytes.AsSpan(0, DigestBytes).SequenceEqual(Digest(place, sort, filter))
            || cursor != Base64Url.EncodeToString(bytes)
            || Place().Match(place) is not { Success: true } match)
        {
            return null;
        }

        var id = EntityId.Parse(match.Groups["id"].Value);
        var time = match.Groups["time"].ValueSpan;
        return time.IsEmpty ? new IssuePosition(null, id)
            : long.Parse(time, CultureInfo.InvariantCulture) is var milliseconds && milliseconds >= MinTime && milliseconds <= MaxTime
                ? new IssuePosition(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id)
                : null;
    }

    /// <summary>Matches milliseconds and an id.</summary>
    [GeneratedRegex(@"\A(?<time>(-?[0-9]{1,15})?)\.(?<id>[0-9a-f]{24})\z")]
    private static partial Regex Place();

    private static ReadOnlySpan<byte> Digest(string place, string sort, IssueFilter filter)
    {
        var others = new[] { ("overdue", $"{filter.IsOverdue}"), ("olderThanHours", $"{filter.OlderThanHours}") }
            .Where(other => other.Item2.Length > 0)
            .Select(other => new { Name = other.Item1, Values = (IReadOnlyList<string?>)[other.Item2] });
        var fields = filter.Fields
            .Select(field => new { field.Key.Name, Values = field.Value })
            .Concat(others)
            .OrderBy(field => field.Name, StringComparer.Ordinal);
        var times = filter.Times
            .Select(time => new { time.Key.Name, time.Value.From, time.Value.To })
            .OrderBy(time => time.Name, StringComparer.Ordinal);
        return SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new { place, sort, fields, times, filter.IsResolved, filter.Text })).AsSpan(0, DigestBytes);
    }
}
