using OrderIssues.Domain;

namespace OrderIssues.Application.Webhooks;

/// <summary>Receiver of events, as it is configured.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>Name, unique regardless of case.</summary>
    public required string Name { get; init; }

    /// <summary>Address, without what may be secret in it.</summary>
    public required string Address { get; init; }

    /// <summary>Kinds of events that it takes; none: all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Name in keys of records.</summary>
    public string Key => CaseFolding.Fold(Name);

    public bool Takes(string type) => Types.Count == 0 || Types.Contains(type);
}
