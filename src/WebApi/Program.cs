using OrderIssues.WebApi;
using OrderIssues.WebApi.BrowserConsole;
using OrderIssues.WebApi.CommandLine;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Observability;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

return await Commands.RunAsync(args, settings => Startup.RunAsync(settings, builder => builder.AddOrderIssues(), async builder =>
{
    var app = builder.Build();
    app.LogAnonymousAccess();
    app.LogUnreadKeys(builder.UnreadKeys());
    app.LogUnreadableFiles();
    app.UseOwnMetrics();
    app.Use(app.Services.GetRequiredService<RequestLog>().Watch);
    app.Use(app.Services.GetRequiredService<Shutdown>().Count);
    app.Use(app.Services.GetRequiredService<WarmUp>().Take);
    app.UseRawPath();
    app.UseReverseProxy();
    app.UseSecurityHeaders();
    app.UseCors();
    app.UseResponseCompression();
    app.UseProblems();
    app.UseOpenPaths();
    app.UseSwagger();
    app.UseConsole();
    app.UseRoutingOnRawPath();
    app.UseRequestTimeouts();
    app.UseAuthentication();

    // Before authorization, so that guessing credentials is limited too.
    app.UseRateLimiter();
    app.UseAuthorization();
    app.MapRoot();
    app.MapHealth();
    app.MapMetrics();
    app.MapControllers().WithHead().RequireScopes();
    await app.ListenAsync();
    await app.WaitForShutdownAsync();
    return 0;
}));
