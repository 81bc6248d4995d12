namespace OrderIssues.Infrastructure.Search;

internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>MongoDB: where each instance keeps its index of texts; null for none.</summary>
    public string? IndexFile { get; set; }
}
