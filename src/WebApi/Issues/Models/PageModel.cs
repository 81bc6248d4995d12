using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>A page of a list.</summary>
[JsonSchema("Page")]
public sealed record PageModel
{
    /// <summary>Most issues of the page. The last page, and one that gets larger than 4 MiB, has fewer.</summary>
    /// <example>50</example>
    public required int Limit { get; init; }

    /// <summary>The <c>cursor</c> of the next page; left out on the last page.</summary>
    /// <example>yv5FzO0nhC7ECWfbMTc2MzYzMjgwMDAwMC42OTFlM2QxYzhmMWIyYTAwMTIzNDU2Nzg</example>
    public string? NextCursor { get; init; }

    /// <summary>Number of issues on all pages, if asked for.</summary>
    /// <example>1</example>
    public long? Total { get; init; }
}
