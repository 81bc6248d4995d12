namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Erasure of a customer's data from an issue and its history.</summary>
/// <param name="Reason">Reason, which the history keeps.</param>
public sealed record Erasure(string Reason)
{
    /// <summary>Text in the place of an erased one.</summary>
    public const string Mark = "[erased]";

    /// <summary>Fields with a customer's data.</summary>
    public static readonly IReadOnlyList<IssueField> Fields = [.. IssueField.All.Where(field => field.Is(FieldTraits.Personal))];

    /// <summary>True to erase the messages' texts, too.</summary>
    public bool ErasesTexts { get; init; } = true;

    /// <summary>True to erase the history alone, of an issue that is another customer's by now.</summary>
    public bool IsOfHistory { get; init; }

    /// <summary>Merged issues whose messages alone are erased from this one, by their numbers; null for no such limit.</summary>
    public IReadOnlyList<string>? TextsFrom { get; init; }

    /// <summary>True where past values are erased.</summary>
    public bool IsOfPast => TextsFrom is null;

    /// <summary>True where the present values of fields are erased.</summary>
    public bool IsOfPresent => IsOfPast && !IsOfHistory;

    /// <summary>True for a message whose text is to be erased.</summary>
    public bool Erases(DiscussionMessage message) =>
        ErasesTexts && !IsOfHistory && message.Message != Mark && TextsFrom?.Contains(message.FromIssueId) != false;

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
