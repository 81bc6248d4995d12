namespace OrderIssues.Domain.Issues;

/// <summary>Longest values of fields, in characters (Unicode code points) or elements.</summary>
public static class FieldLimits
{
    public const int OrderId = 128;
    public const int IssueId = 20;
    public const int TicketId = 128;

    /// <summary>Characters of a source or channel.</summary>
    public const int Source = 100;
    public const int Items = 500;
    public const int Sku = 100;
    public const int Qty = 1_000_000;
    public const int TrackingNumbers = 50;
    public const int TrackingNumber = 100;

    /// <summary>Characters of any person's name.</summary>
    public const int PersonName = 200;
    public const int Email = 320;
    public const int IssueType = 100;
    public const int Status = 50;

    /// <summary>Characters of a priority or fault.</summary>
    public const int Word = 20;
    public const int Tags = 20;
    public const int Tag = 50;
    public const int Notes = 10_000;
    public const int Message = 10_000;

    /// <summary>Largest amount of a cost.</summary>
    public const decimal CostAmount = 1_000_000_000;
}
