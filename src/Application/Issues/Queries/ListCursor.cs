using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>
/// A place in a list, as text: the time that counts, the id, and a digest of both with the filters and the sort of the list. It holds
/// nothing but that place, so that whoever makes one up gets no further than to another place of a list that they may ask for anyway.
/// </summary>
internal static partial class ListCursor
{
    private const int DigestBytes = 12;

    public static string Write(IssuePosition position, ListIssues list)
    {
        var place = $"{position.Time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}.{position.Id}";
        return Base64Url.EncodeToString([.. Digest(place, list), .. Encoding.ASCII.GetBytes(place)]);
    }

    /// <summary>Null when the text isn't a cursor of this list.</summary>
    public static IssuePosition? Read(string cursor, ListIssues list)
    {
        if (!Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: > DigestBytes } bytes)
        {
            return null;
        }

        var place = Encoding.ASCII.GetString(bytes.AsSpan(DigestBytes));
        if (!bytes.AsSpan(0, DigestBytes).SequenceEqual(Digest(place, list)) || cursor != Base64Url.EncodeToString(bytes) || Place().Match(place) is not { Success: true } match)
        {
            return null;
        }

        var time = match.Groups["time"].ValueSpan;
        return new IssuePosition(
            time.IsEmpty ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture)),
            EntityId.Parse(match.Groups["id"].Value));
    }

    /// <summary>A place as <see cref="Write"/> writes it: milliseconds, none of them beyond what a time can be, and an id.</summary>
    [GeneratedRegex(@"\A(?<time>(-?[0-9]{1,13})?)\.(?<id>[0-9a-f]{24})\z")]
    private static partial Regex Place();

    private static ReadOnlySpan<byte> Digest(string place, ListIssues list) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { place, list.Sort, Filter = list.ToFilter() })).AsSpan(0, DigestBytes);
}
