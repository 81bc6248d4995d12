namespace OrderIssues.Domain.Issues.Vocabulary;

/// <summary>Priorities of issues. An issue of normal priority has none.</summary>
public static class Priorities
{
    public const string Low = "low";
    public const string Normal = "normal";
    public const string High = "high";
    public const string Urgent = "urgent";

    /// <summary>Priorities, the lowest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Low, Normal, High, Urgent];

    /// <summary>Reads a priority's name or number, as Freshdesk has it: 1 for low to 4 for urgent.</summary>
    /// <returns>Null for the normal one; other texts as they are.</returns>
    // https://developers.freshdesk.com/api/#ticket-properties
    public static string? Of(string? text) =>
        text is [>= '1' and <= '4' and var digit] ? Of(All[digit - '1'])
        : text == Normal ? null
        : text;
}
