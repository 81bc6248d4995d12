FROM node:22-slim AS console
WORKDIR /source
COPY clients clients
RUN npm ci --prefix clients/console && npm run --prefix clients/console build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=console /source/src/WebApi/wwwroot src/WebApi/wwwroot
RUN dotnet publish src/WebApi --configuration Release --output /app && mkdir /index

# Chiseled: no shell, no package manager, not root. "Extra": with ICU, which text in Unicode needs.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
# A volume at this place takes its owner from here: the user that the image runs as.
COPY --from=build --chown=1654:1654 /index /index
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["dotnet", "WebApi.dll", "probe", "http://localhost:8080/health/ready"]
ENTRYPOINT ["dotnet", "WebApi.dll"]
