namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>A row of the table <c>discussion</c>, as Dapper reads and writes it.</summary>
internal sealed record MessageRow
{
    /// <summary>For a SELECT: the columns, under the names of the properties here where the two differ.</summary>
    public const string Columns = "userName, message, created_at AS CreatedAt";

    public required string UserName { get; init; }
    public required string Message { get; init; }
    public long CreatedAt { get; init; }
}
