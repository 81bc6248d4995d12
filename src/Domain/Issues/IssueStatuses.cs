using System.Text.RegularExpressions;

namespace OrderIssues.Domain.Issues;

/// <summary>Which statuses an issue may have, and which of them mean that it is resolved. All in lower case.</summary>
public sealed partial class IssueStatuses
{
    /// <summary>The most characters of a status.</summary>
    public const int MaxCharacters = 50;

    /// <summary>What an issue is when nobody says otherwise.</summary>
    public const string Default = "open";

    /// <summary>What resolves an issue unless configuration says otherwise.</summary>
    public const string Done = "done";

    private readonly HashSet<string> resolved;

    /// <param name="allowed">The only statuses there are; empty: any.</param>
    /// <param name="resolved">Those that mean resolved; empty: <see cref="Done"/>.</param>
    /// <exception cref="ArgumentException">
    /// One of them isn't well formed, or the default status or one that means resolved isn't among the allowed ones.
    /// </exception>
    public IssueStatuses(IReadOnlyCollection<string> allowed, IReadOnlyCollection<string> resolved)
    {
        Allowed = [.. allowed.Select(status => status.ToLowerInvariant())];
        this.resolved = [.. (resolved.Count > 0 ? resolved : [Done]).Select(status => status.ToLowerInvariant())];
        if (Allowed.Concat(this.resolved).FirstOrDefault(status => !IsWellFormed(status)) is { } malformed)
        {
            throw new ArgumentException($"'{malformed}' can't be a status");
        }

        if (this.resolved.Append(Default).FirstOrDefault(status => !IsAllowed(status)) is { } missing)
        {
            throw new ArgumentException($"the status '{missing}' is needed but isn't among the allowed ones ({string.Join(", ", Allowed)})");
        }
    }

    /// <summary>The only statuses there are; empty: any.</summary>
    public IReadOnlyList<string> Allowed { get; }

    /// <summary>Whether this is 1 to 50 letters, digits, spaces, <c>_</c> and <c>-</c>.</summary>
    public static bool IsWellFormed(string status) => WellFormed().IsMatch(status);

    public bool IsAllowed(string status) => Allowed.Count == 0 || Allowed.Contains(status);

    /// <summary>Also as another program may have stored it.</summary>
    public bool IsResolved(string? status) => status is not null && resolved.Contains(status.Trim().ToLowerInvariant());

    [GeneratedRegex(@"\A[\p{L}\p{Nd} _-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
