namespace OrderIssues.Application.Issues;

/// <summary>The most characters (Unicode code points) or elements that a field of an issue takes.</summary>
public static class FieldLimits
{
    public const int OrderId = 128;
    public const int TicketId = 128;
    public const int Source = 100;
    public const int IssueType = 100;
    public const int Items = 500;
    public const int Sku = 100;
    public const int Qty = 1_000_000;
    public const int TrackingNumbers = 50;
    public const int TrackingNumber = 100;
    public const int PersonName = 200;
    public const int Email = 320;
    public const int Notes = 10_000;
    public const int Message = 10_000;
    public const int IssueId = 20;

    public const int SearchedText = 100;
    public const int MinSearchedText = 3;

    /// <summary>The most values of one field that a filter takes.</summary>
    public const int FilterValues = 100;
}
