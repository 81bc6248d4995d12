using System.Text.RegularExpressions;

namespace OrderIssues.Domain.Issues.Vocabulary;

/// <summary>Permitted and resolved statuses, in lower case.</summary>
public sealed partial class IssueStatuses
{
    /// <summary>Status of an issue that is reported without one.</summary>
    public const string Default = "open";

    /// <summary>Status of an issue that waits for somebody.</summary>
    public const string Pending = "pending";

    /// <summary>Resolved status, unless configuration lists others.</summary>
    public const string Done = "done";

    /// <param name="allowed">Permitted statuses; empty for any.</param>
    /// <param name="resolved">Resolved statuses; empty for <see cref="Done"/>.</param>
    /// <exception cref="ArgumentException">
    /// A status isn't well formed, the default status or a resolved one isn't permitted, or the default status is a resolved one.
    /// </exception>
    public IssueStatuses(IReadOnlyCollection<string> allowed, IReadOnlyCollection<string> resolved)
    {
        Allowed = [.. allowed.Select(status => status.ToLowerInvariant())];
        DefaultResolved = resolved.FirstOrDefault(Done).ToLowerInvariant();
        Resolved = (resolved.Count > 0 ? resolved : [Done]).Select(status => status.ToLowerInvariant()).ToHashSet();
        if (Allowed.Concat(Resolved).FirstOrDefault(status => !IsWellFormed(status)) is { } malformed)
        {
            throw new ArgumentException($"'{malformed}' can't be a status");
        }

        if (Resolved.Contains(Default))
        {
            throw new ArgumentException($"'{Default}' can't be resolved: an issue that is reported without a status has it");
        }

        if (Resolved.Append(Default).FirstOrDefault(status => !IsAllowed(status)) is { } missing)
        {
            throw new ArgumentException(
                $"the status '{missing}' is needed but isn't among the allowed ones ({string.Join(", ", Allowed)})");
        }
    }

    /// <summary>Permitted statuses; empty for any.</summary>
    public IReadOnlyList<string> Allowed { get; }

    /// <summary>Status of an issue that the service resolves: the first resolved one.</summary>
    public string DefaultResolved { get; }

    /// <summary>Resolved statuses.</summary>
    public IReadOnlySet<string> Resolved { get; }

    /// <summary>Accepts 1 to 50 letters, digits, spaces, <c>_</c>, <c>-</c>.</summary>
    public static bool IsWellFormed(string status) => WellFormed().IsMatch(status);

    public bool IsAllowed(string status) => Allowed.Count == 0 || Allowed.Contains(status);

    /// <summary>Ignores case and blanks, as other programs store statuses.</summary>
    public bool IsResolved(string? status) => status is not null && Resolved.Contains(status.Trim().ToLowerInvariant());

    [GeneratedRegex(@"\A[\p{L}\p{Nd} _-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
