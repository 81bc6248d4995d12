using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>What issues can be written as.</summary>
internal interface IExportFormat
{
    /// <summary>As in the header, with its parameters.</summary>
    string ContentType { get; }

    /// <summary>The bytes of the file, a piece for each issue. A piece is there until the next one is asked for.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<IssueModel> issues);
}
