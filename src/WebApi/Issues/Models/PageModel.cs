using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>A page of a list.</summary>
[JsonSchema("Page")]
public sealed record PageModel
{
    /// <summary>The most issues that it might have had. It has fewer where it is the last one, or gets larger than 4 MiB.</summary>
    /// <example>50</example>
    public required int Limit { get; init; }

    /// <summary>What the next page is asked for with, as <c>cursor</c>; not there on the last page.</summary>
    /// <example>yv5FzO0nhC7ECWfbMTc2MzYzMjgwMDAwMC42OTFlM2QxYzhmMWIyYTAwMTIzNDU2Nzg</example>
    public string? NextCursor { get; init; }

    /// <summary>How many issues there are on all pages, if that was asked for.</summary>
    /// <example>1</example>
    public long? Total { get; init; }
}
