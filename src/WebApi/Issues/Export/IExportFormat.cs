namespace OrderIssues.WebApi.Issues.Export;

internal interface IExportFormat
{
    string ContentType { get; }

    /// <summary>Writes pieces, each valid until the next.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues);
}
