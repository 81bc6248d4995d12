namespace OrderIssues.Application.Issues.Merging;

/// <summary>Merge that was asked for.</summary>
internal sealed record Merge
{
    /// <summary>Id of the history entry that tells of it.</summary>
    public required EntityId Id { get; init; }

    public required EntityId SourceId { get; init; }

    public required string OrderId { get; init; }

    /// <summary>Number of the other issue.</summary>
    public required string Into { get; init; }

    public string? By { get; init; }

    public string? Caller { get; init; }

    /// <inheritdoc cref="ChangeRequest.ExpectedRevisions"/>
    public IReadOnlyList<string>? ExpectedRevisions { get; init; }
}
