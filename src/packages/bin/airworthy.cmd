@echo off
rem airworthy: starts the program with the Java of JAVA_HOME or of PATH. AIRWORTHY_JAVA_OPTIONS: options for Java, with blanks between.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION="
for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do set "VERSION=%%~v"
if not defined VERSION (
  echo airworthy: needs Java 17 or newer, and found none: install one, or set JAVA_HOME to the folder of one 1>&2
  exit /b 3
)
for /f "tokens=1 delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo airworthy: needs Java 17 or newer, and found %JAVA% ^(%VERSION%^): install one, or set JAVA_HOME to the folder of one 1>&2
  exit /b 3
)
set "QUIET="
if %MAJOR% GEQ 23 set "QUIET=--sun-misc-unsafe-memory-access=allow"
"%JAVA%" -XX:-UsePerfData %QUIET% %AIRWORTHY_JAVA_OPTIONS% -jar "%LIB%\airworthy.jar" %*
exit /b %ERRORLEVEL%
