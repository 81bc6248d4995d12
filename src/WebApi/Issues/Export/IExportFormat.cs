using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Format of an exported file.</summary>
internal interface IExportFormat
{
    /// <summary>Media type with its parameters.</summary>
    string ContentType { get; }

    /// <summary>Writes the file, a piece for each issue. A piece is valid until the next one is asked for.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues);
}
