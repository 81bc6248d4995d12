namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Part of an issue that an erasure reaches.</summary>
public enum ErasureScope
{
    /// <summary>All of the customer's data.</summary>
    Issue,

    /// <summary>Past values alone, of an issue that is another customer's by now.</summary>
    Past,

    /// <summary>Texts of messages alone, of an issue that was merged with an erased one.</summary>
    Messages,
}

/// <summary>Erasure of a customer's data from an issue and its history.</summary>
/// <param name="Reason">Reason, which the history keeps.</param>
public sealed record Erasure(string Reason)
{
    /// <summary>Text in the place of an erased one.</summary>
    public const string Mark = "[erased]";

    /// <summary>Fields with a customer's data.</summary>
    public static readonly IReadOnlyList<IssueField> Fields = [.. IssueField.All.Where(field => field.Is(FieldTraits.Personal))];

    public ErasureScope Scope { get; init; }

    /// <summary>True to erase the messages' texts, too.</summary>
    public bool ErasesTexts { get; init; } = true;

    /// <summary>Messages whose texts are erased; null for all.</summary>
    public IReadOnlySet<EntityId>? MessageIds { get; init; }

    /// <summary>True where past values are erased.</summary>
    public bool IsOfPast => Scope != ErasureScope.Messages;

    /// <summary>True where the present values of fields are erased.</summary>
    public bool IsOfPresent => Scope == ErasureScope.Issue;

    /// <summary>True where the messages of merged issues are erased, too.</summary>
    public bool IsOfMerged => IsOfPresent && ErasesTexts;

    /// <summary>True for a message whose text is to be erased.</summary>
    public bool Erases(DiscussionMessage message) =>
        ErasesTexts && Scope != ErasureScope.Past && message.Message != Mark
        && (MessageIds is null || (message.Id is { } id && MessageIds.Contains(id)));

    /// <summary>Value of a field once it is erased.</summary>
    public static string? ErasedValueOf(IssueField field, object? current) =>
        field == IssueField.Notes && current is not null ? Mark : null;

    /// <summary>True for a past value of a customer's data.</summary>
    public static bool HasData(FieldChange change) => change != Erased(change);

    /// <summary>Puts the mark in the place of past values.</summary>
    public static FieldChange Erased(FieldChange change) =>
        Fields.Any(field => field.Name == change.Field)
            ? change with { From = change.From is null ? null : Mark, To = change.To is null ? null : Mark }
            : change;
}
