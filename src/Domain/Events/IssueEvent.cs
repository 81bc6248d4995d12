namespace OrderIssues.Domain.Events;

/// <summary>Change of an issue, as the log tells it.</summary>
/// <remarks>Has no personal data of customers.</remarks>
public sealed record IssueEvent
{
    /// <summary>Name in <see cref="Changed"/> for what another program changed.</summary>
    public const string Unknown = "unknown";

    /// <summary>Number in the log, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Kind of change (<see cref="Issues.Changes.HistoryActions"/>).</summary>
    public required string Action { get; init; }

    /// <summary>Time of the change.</summary>
    public required DateTimeOffset At { get; init; }

    public string? IssueId { get; init; }

    public required string OrderId { get; init; }

    public string? Source { get; init; }

    /// <summary>Version that the issue had after the change.</summary>
    public required int Version { get; init; }

    /// <summary>Status that the issue had after the change.</summary>
    public string? Status { get; init; }

    /// <summary>Names of the changed fields.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Person who made the change, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>Name of the credential that the request came with.</summary>
    public string? Caller { get; init; }
}
