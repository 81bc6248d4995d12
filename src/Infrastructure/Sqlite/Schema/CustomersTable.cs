namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Customers' addresses in one case; NOCASE folds ASCII letters only.</summary>
internal static class CustomersTable
{
    // No index may use a function: a file with one could be copied by this service alone.
    public const string Migration = """
        DROP INDEX issues_of_customer;
        CREATE TABLE customers (
            customerEmail TEXT NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (customerEmail, issueId)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO customers
            SELECT caseFolded(customerEmail), issueId FROM issues WHERE customerEmail IS NOT NULL ORDER BY 1, 2;
        """;
}
