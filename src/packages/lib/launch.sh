# What bin/airworthy and bin/airworthy-prepare share: finding a Java and the class archive that belongs to it. Plain POSIX sh, and few
# processes: each one started here is felt in every verdict.

least=17
main=io.jenkins.plugins.airworthy.cli.Main

# Java ends the name of a jar at a colon, also after -jar, and would look for a program below the current folder, which may be anybody's.
case $lib in
  *:*)
    printf '%s\n' "airworthy: is in $lib, and Java finds no program in a folder with a colon in its name; move it to another" >&2
    exit 3
    ;;
esac

# resolve FILE: sets 'resolved' to what a chain of symbolic links ends at.
resolve() {
  resolved=$1
  while [ -h "$resolved" ]; do
    link=$(readlink "$resolved") || return 0
    case $link in
      /*) resolved=$link ;;
      *) resolved=${resolved%/*}/$link ;;
    esac
  done
}

# fits PROGRAM: whether this is a Java that is new enough. Sets 'java', 'version' (17) and 'build' (what the Java says of itself), and
# notes in 'found' what is too old. A Java's file 'release' is read if there is one; starting it only to ask takes long.
fits() {
  [ -f "$1" ] && [ -x "$1" ] || return 1
  java=$1 build= said=
  resolve "$1"
  if [ -r "${resolved%/bin/java}/release" ]; then
    java=$resolved
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        JAVA_VERSION=*) said=${line#*=} ;;
      esac
      case $line in
        *VERSION=* | IMPLEMENTOR=* | OS_ARCH=*) build="$build $line" ;;
      esac
    done <"${resolved%/bin/java}/release"
    said=${said#\"} said=${said%\"}
  fi
  if [ -z "$said" ]; then
    build=$("$1" -version 2>&1 </dev/null) || build=
    said=${build#*version \"} said=${said%%\"*}
  fi
  version=${said%%[!0-9]*}
  [ -n "$version" ] || version=0
  [ "$version" -lt "$least" ] || return 0
  found="$found, $1 (${said:-of no version that it tells})"
  return 1
}

# find_java: the first Java that is new enough, of JAVA_HOME, PATH and the usual folders. Without one, ends with status 3.
find_java() {
  found=
  if [ -n "${JAVA_HOME:-}" ]; then
    if fits "$JAVA_HOME/bin/java"; then return 0; fi
    [ -x "$JAVA_HOME/bin/java" ] || found=", JAVA_HOME=$JAVA_HOME without a bin/java in it"
  fi
  candidate=$(command -v java) || candidate=
  if fits "$candidate"; then return 0; fi
  for candidate in /usr/lib/jvm/*/bin/java /usr/java/*/bin/java /opt/java/bin/java /opt/java/*/bin/java /opt/jdk*/bin/java \
    /usr/local/openjdk-*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java \
    /opt/homebrew/opt/openjdk*/bin/java "${HOME:-}"/.sdkman/candidates/java/*/bin/java; do
    if fits "$candidate"; then return 0; fi
  done
  found=${found#, }
  printf '%s\n' "airworthy: needs Java $least or newer, and found ${found:-none}; install one (Debian, Ubuntu:\
 default-jre-headless; Fedora: java-21-openjdk-headless), or set JAVA_HOME to the folder of one" >&2
  exit 3
}

# name_archive: sets 'name' to what the name of an archive begins with that is of this jar, in this place, for this very Java. After it
# comes the archive's size: Java 17 finds damage in an archive, but ends when the file is shorter than it should be.
name_archive() {
  read -r digest _ <"$lib/airworthy.jar.sha256" || digest=unknown
  for summing in cksum sha256sum; do
    sum=$(printf '%s\n' "$lib" "$java" "$build" | "$summing" 2>/dev/null) && break
  done
  if [ -n "$sum" ]; then name=$digest-$version-${sum%% *}; else name=none; fi
}

# user_folder: sets 'folder' to where this user's archives are; empty if there is no such place.
user_folder() {
  folder=${XDG_CACHE_HOME:-${HOME:-}/.cache}
  case $folder in
    /.cache | *:*) folder= ;;
    /*) folder=$folder/airworthy ;;
    *) folder= ;;
  esac
}

system_folder=/var/cache/airworthy

# trusted FOLDER [FILE]: whether nobody but root and this user can change what is in the folder, or put another in its place; and whether
# the file in it has the size that its name ends with. What is in an archive runs as this user.
trusted() {
  [ ! -h "$1" ] && [ -d "$1" ] || return 1
  if [ "$1" = "$system_folder" ]; then
    private=drwxr-xr-x
  else
    private=drwx------
    [ -O "$1" ] || return 1
  fi
  last=$(CDPATH='' cd -P -- "$1" 2>/dev/null && pwd -P) || return 1
  file=${2:+$last/${2##*/}}
  place=$last
  set -- / ${file:+"$file"}
  while [ -n "$place" ]; do
    set -- "$@" "$place"
    place=${place%/*}
  done
  LC_ALL=C ls -ldn -- "$@" 2>/dev/null | {
    owners='' mine='' whole=''
    while read -r mode _ owner _ size _ _ _ place; do
      case $mode in
        d????????[tT]*) ;; # in such a folder only a file's owner can replace it
        [d-]????[!w]??[!w]*) ;;
        *) exit 1 ;;
      esac
      case $place in
        "$last")
          mine=$owner
          case $mode in "$private"*) ;; *) exit 1 ;; esac
          ;;
        "$file") case $place in *".$size") whole=yes ;; esac ;;
      esac
      [ "$owner" = 0 ] || owners="$owners $owner"
    done
    [ -n "$mine" ] && [ "${file:+$whole}" = "${file:+yes}" ] || exit 1
    [ "$private" = drwx------ ] || [ "$mine" = 0 ] || exit 1
    for owner in $owners; do
      [ "$owner" = "$mine" ] || exit 1
    done
  }
}
