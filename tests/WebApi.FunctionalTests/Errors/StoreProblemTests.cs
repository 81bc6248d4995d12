using System.Net;
using Microsoft.Data.Sqlite;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

public sealed class StoreProblemTests
{
    [Test]
    public async Task Says_that_the_store_cannot_be_reached_and_when_to_try_again()
    {
        using var service = Service.Start();
        var created = (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        Execute(service, "ALTER TABLE discussion RENAME TO gone");

        // What is wrong with the tables is a fault of the program, and told as one.
        (await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Failed(HttpStatusCode.InternalServerError, "internal_error");
        Assert.That(service.Log.Lines, Has.Some.Contains("Answered internal_error").And.Some.Contains("no such table"));

        Execute(service, "ALTER TABLE gone RENAME TO discussion");
        File.WriteAllBytes(service.File, [.. File.ReadAllBytes(service.File).Select((b, i) => i < 100 ? b : (byte)0xFF)]);
        SqliteConnection.ClearAllPools();

        var answer = (await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Starts_no_empty_store_when_the_file_is_gone_and_recovers_when_it_is_back()
    {
        using var service = Service.Start();
        var created = (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        Execute(service, "PRAGMA wal_checkpoint(TRUNCATE)");
        File.Move(service.File, service.File + ".away");
        SqliteConnection.ClearAllPools();

        (await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(File.Exists(service.File), Is.False);

        File.Move(service.File + ".away", service.File);
        Assert.That((await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    /// <summary>It would write without what the newer one needs.</summary>
    [Test]
    public async Task Writes_no_more_once_a_newer_version_has_changed_the_file()
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        Execute(service, "PRAGMA user_version = 99");

        (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
    }

    /// <summary>A file that was put in the place of the first is the one that other processes see.</summary>
    [Test]
    public async Task Reads_and_writes_the_file_that_is_there_also_when_it_is_another_one()
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        var copy = Path.Combine(Path.GetDirectoryName(service.File)!, "backup.db");
        Execute(service, $"VACUUM INTO '{copy}'");
        await service.Api.CreateAsync(Api.Minimal("A-2"));
        foreach (var file in new[] { service.File, $"{service.File}-wal", $"{service.File}-shm" })
        {
            File.Move(file, $"{file}.away");
        }

        File.Move(copy, service.File);

        (await service.Api.GetAsync("/api/order-issue/1600002")).Failed(HttpStatusCode.NotFound, "issue_not_found");
        Assert.That((await service.Api.CreateAsync(Api.Minimal("A-3"))).IssueId, Is.EqualTo("1600002"));
        Assert.That((string?)(await service.Api.GetAsync("/api/order-issue/1600002")).Data["OrderId"], Is.EqualTo("A-3"));
        using var second = await ServiceProcess.StartAsync(
            Path.GetDirectoryName(service.File)!, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sqlite", $"Data Source={service.File}"));
        (await second.Api.GetAsync("/api/order-issue/1600002")).Succeeded();
    }

    /// <summary>A file that is being copied into its place, or one of another version.</summary>
    [TestCase("")]
    [TestCase("PRAGMA user_version = 1")]
    public async Task Takes_no_file_that_is_not_its_own(string sql)
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        File.Move(service.File, service.File + ".away");
        using (var other = new SqliteConnection($"Data Source={service.File}.other;Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        File.Move(service.File + ".other", service.File);

        (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        (await service.Api.GetAsync("/api/order-issue?sku=A")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
    }

    [Test]
    public async Task Writes_to_the_file_that_is_there_once_it_is_its_turn()
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        var copy = Path.Combine(Path.GetDirectoryName(service.File)!, "backup.db");
        Execute(service, $"VACUUM INTO '{copy}'");
        Task<Answer> waits;
        using (var blocker = new SqliteConnection($"Data Source={service.File};Pooling=False"))
        {
            blocker.Open();
            using var transaction = blocker.BeginTransaction();
            waits = service.Api.CreateAsync(Api.Minimal("A-2"));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            foreach (var file in new[] { service.File, $"{service.File}-wal", $"{service.File}-shm" })
            {
                File.Move(file, $"{file}.away");
            }

            File.Move(copy, service.File);
        }

        var created = (await waits).Succeeded(HttpStatusCode.Created);

        Assert.That((await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    [Test]
    public async Task Says_what_to_do_when_a_copy_was_written_over_the_file_beside_the_old_log()
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        var copy = Path.Combine(Path.GetDirectoryName(service.File)!, "backup.db");
        Execute(service, $"VACUUM INTO '{copy}'");
        await service.Api.CreateAsync(Api.Minimal());
        File.WriteAllBytes(service.File, File.ReadAllBytes(copy));

        (await service.Api.GetAsync("/health/ready")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        (await service.Api.GetAsync("/api/order-issue/1600001")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(service.Log.Lines, Has.Exactly(1).StartsWith("Critical: ").And.Some.Contains("move -wal and -shm away"));

        using var next = await ServiceProcess.StartAsync(
            Path.GetDirectoryName(service.File)!, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sqlite", $"Data Source={service.File}"));
        Assert.That(next.ExitCode, Is.EqualTo(1));
        Assert.That(next.Output, Does.Contain($"The service can't start. ConnectionStrings:Sqlite: {service.File} can't be used: The log -wal is not the log of this file")
            .And.Not.Contain("   at "));
        Assert.That(File.ReadAllBytes(service.File), Is.EqualTo(File.ReadAllBytes(copy)));
    }

    [Test]
    public async Task Says_in_the_same_form_that_it_is_not_ready()
    {
        using var service = Service.Start();
        (await service.Api.GetAsync("/health/ready")).Succeeded();
        File.Move(service.File, service.File + ".away");

        var answer = (await service.Api.GetAsync("/health/ready")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        (await service.Api.GetAsync("/health/live")).Succeeded();
    }

    [Test]
    public async Task Says_that_an_issue_is_full()
    {
        using var service = Service.Start();
        var created = (await service.Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);
        Execute(service, "UPDATE issues SET messages = 5000");

        var message = await service.Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "a", "message": "b" }""");
        message.Failed(HttpStatusCode.UnprocessableEntity, "issue_full");
        Assert.That((await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    private static void Execute(Service service, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={service.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
